package io.tidewatch.rules.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.pattern.customer.CustomerEvent;
import io.tidewatch.pattern.customer.CustomerPattern;
import io.tidewatch.pattern.customer.JudgingPattern;
import io.tidewatch.pattern.event.CampaignOverspend;
import io.tidewatch.pattern.event.SeriesEvent;
import io.tidewatch.pattern.stream.JudgeBudgets;
import io.tidewatch.pattern.stream.JudgeWindows;
import io.tidewatch.pattern.window.JudgedWindow;
import io.tidewatch.pattern.window.SeriesWindow;
import io.tidewatch.rules.CustomerPatternRule;
import io.tidewatch.rules.EventPatternRule;
import io.tidewatch.rules.RuleMessage;
import io.tidewatch.rules.TestRules;
import io.tidewatch.rules.WindowPatternRule;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.BroadcastOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;

/** Thresholds of patterns that change between one window or event and the next. */
class LiveThresholdsTest {

  private static final long MINUTE = 60_000;
  private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");

  @Test
  void windowsAreJudgedByTheThresholdsOfTheirMoment() throws Exception {
    WindowPatternRule rule = TestRules.rule(WindowPatternRule.class, spike("above_ratio: 2"));
    OperatorSubtaskState snapshot;
    try (KeyedTwoInputStreamOperatorTestHarness<String, SeriesWindow, RuleMessage, JudgedWindow>
        harness = judgeWindows(rule)) {
      harness.open();
      for (int minute = 0; minute < 10; minute++) {
        harness.processElement1(window(minute, 10), 0);
      }
      harness.processBothWatermarks(new Watermark(window(9, 10).lastMoment()));
      harness.getOutput().clear();
      harness.processElement1(window(10, 25), 0);
      assertThat(found(harness)).containsExactly("10 ABOVE 20.0");

      harness.processElement2(TestRules.applied("watched", spike("above_ratio: 2, above: 25")), 0);
      harness.processElement1(window(11, 25), 0);
      assertThat(found(harness)).containsExactly("11 NORMAL NaN");
      harness.processElement1(window(12, 26), 0);
      assertThat(found(harness)).containsExactly("12 ABOVE 25.0");
      snapshot = harness.snapshot(1, 1);
    }
    try (KeyedTwoInputStreamOperatorTestHarness<String, SeriesWindow, RuleMessage, JudgedWindow>
        harness = judgeWindows(rule)) {
      harness.initializeState(snapshot);
      harness.open();
      harness.processElement1(window(13, 25), 0);
      assertThat(found(harness)).containsExactly("13 NORMAL NaN");

      // one that waits for the watermark is judged by what there is when its time has come
      harness.processElement1(window(15, 25), 0);
      harness.processElement2(TestRules.reset("watched"), 0);
      harness.processBothWatermarks(new Watermark(window(15, 25).lastMoment()));
      assertThat(found(harness)).containsExactly("15 ABOVE 20.0");

      // the pattern of a rule that is off goes on, and nobody is told of it
      harness.processElement2(TestRules.applied("watched", spike("above_ratio: 4")), 0);
      harness.processElement2(TestRules.off("watched"), 0);
      harness.processElement1(window(16, 25), 0);
      assertThat(found(harness)).containsExactly("16 ABOVE 20.0");

      harness.processBothWatermarks(new Watermark(TEN.plusSeconds(200_000).toEpochMilli()));
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void spendIsComparedWithTheRatioOfItsMoment() throws Exception {
    EventPatternRule rule =
        TestRules.rule(EventPatternRule.class, "pattern: campaign-overspend", "parameters: {}");
    try (KeyedTwoInputStreamOperatorTestHarness<String, SeriesEvent, RuleMessage, SeriesEvent>
        harness =
            new KeyedTwoInputStreamOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(
                    new JudgeBudgets<>(
                        LiveThresholds.of(
                            TestRules.book(rule),
                            EventPatternRule.class,
                            rule,
                            inForce ->
                                ((CampaignOverspend) inForce.pattern(ZoneOffset.UTC)).ratio()),
                        ZoneOffset.UTC),
                    List.of(LiveRules.APPLIED)),
                SeriesEvent::series,
                change -> "",
                Types.STRING)) {
      harness.open();
      harness.processElement1(campaign(0, "campaign.budget", "daily_budget", "100"), 0);
      harness.processElement1(campaign(1, "ad.spend", "amount", "120"), 0);
      harness.processBothWatermarks(new Watermark(TEN.plusSeconds(60).toEpochMilli()));
      harness.processElement2(
          TestRules.applied(
              "watched", "pattern: campaign-overspend", "parameters: {above_ratio: 1.5}"),
          0);
      harness.processElement1(campaign(2, "ad.spend", "amount", "30"), 0);
      harness.processElement1(campaign(3, "ad.spend", "amount", "1"), 0);
      harness.processBothWatermarks(new Watermark(TEN.plusSeconds(180).toEpochMilli()));
      assertThat(harness.extractOutputValues())
          .extracting(told -> told.type() + ' ' + told.get("spent") + " of " + told.get("limit"))
          .containsExactly(
              "budget.exceeded 120 of 110.0",
              "budget.kept 150 of 150.0",
              "budget.exceeded 151 of 150.0");
    }
  }

  @Test
  void customersAreJudgedByTheLimitsOfTheMoment() throws Exception {
    CustomerPatternRule rule =
        TestRules.rule(
            CustomerPatternRule.class,
            "pattern: at-risk-transition",
            "parameters: {healthy_from: 70}");
    try (BroadcastOperatorTestHarness<CustomerEvent, RuleMessage, CustomerEvent> harness =
        ProcessFunctionTestHarnesses.forBroadcastProcessFunction(
            new JudgeCustomers(
                LiveThresholds.of(
                    TestRules.book(rule),
                    CustomerPatternRule.class,
                    rule,
                    inForce -> (JudgingPattern) inForce.pattern(ZoneOffset.UTC))),
            LiveRules.APPLIED)) {
      harness.processElement(transition(40, 69), 0);
      harness.processBroadcastElement(
          TestRules.applied(
              "watched", "pattern: at-risk-transition", "parameters: {healthy_from: 60}"),
          0);
      harness.processElement(transition(40, 59), 0);
      harness.processElement(transition(40, 60), 0);
      CustomerPattern pattern = rule.pattern(ZoneOffset.UTC);
      assertThat(harness.extractOutputValues())
          .extracting(event -> pattern.endingOf(event).isPresent())
          .containsExactly(false, false, true);
    }
  }

  private static String[] spike(String thresholds) {
    return new String[] {
      "pattern: metric-spike",
      "metric: api_requests",
      "window: 1m",
      "parameters: {windows: 3, " + thresholds + "}"
    };
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, SeriesWindow, RuleMessage, JudgedWindow>
      judgeWindows(WindowPatternRule rule) throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new CoBroadcastWithKeyedOperator<>(
            new JudgeWindows<>(
                LiveThresholds.of(
                    TestRules.book(rule),
                    WindowPatternRule.class,
                    rule,
                    inForce -> inForce.judge(ZoneOffset.UTC)),
                false,
                ZoneOffset.UTC),
            List.of(LiveRules.APPLIED)),
        SeriesWindow::series,
        change -> "",
        Types.STRING);
  }

  private static SeriesWindow window(int minute, double value) {
    long start = TEN.toEpochMilli() + minute * MINUTE;
    return new SeriesWindow("", null, start, start + MINUTE, value);
  }

  /** What came out since the last time: the minute, the finding and what was crossed. */
  private static List<String> found(
      KeyedTwoInputStreamOperatorTestHarness<String, SeriesWindow, RuleMessage, JudgedWindow>
          harness) {
    List<String> found =
        harness.extractOutputValues().stream()
            .map(
                judged ->
                    "%d %s %s"
                        .formatted(
                            (judged.window().start() - TEN.toEpochMilli()) / MINUTE,
                            judged.finding(),
                            judged.limit()))
            .toList();
    harness.getOutput().clear();
    return found;
  }

  private static SeriesEvent campaign(int minute, String type, String property, String value) {
    Instant time = TEN.plusSeconds(60L * minute);
    return new SeriesEvent(
        "campaign=spring",
        null,
        type + minute,
        time,
        time,
        type,
        Map.of("campaign", "spring", "currency", "EUR", property, value));
  }

  private static CustomerEvent transition(int before, int after) {
    return new CustomerEvent(
        "acme",
        "t" + after,
        TEN,
        TEN,
        "customer.transitioned",
        "",
        "",
        BigDecimal.TEN,
        Map.of("score_before", "" + before, "score_after", "" + after));
  }
}
