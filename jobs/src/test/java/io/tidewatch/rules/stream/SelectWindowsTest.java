package io.tidewatch.rules.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.metric.MetricWindow;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.RuleMessage;
import io.tidewatch.rules.SeriesOfWindows;
import io.tidewatch.rules.TestRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.BroadcastOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The job is started with a rule on requests per minute. */
class SelectWindowsTest {

  private static final SeriesOfWindows MINUTES = SeriesOfWindows.minutes("api_requests");
  private static final SeriesOfWindows OF_A = MINUTES.of("endpoint=/a");

  private BroadcastOperatorTestHarness<MetricWindow, RuleMessage, MetricWindow> harness;

  @BeforeEach
  void open() throws Exception {
    MetricRule started =
        TestRules.rule(
            MetricRule.class, "metric: api_requests", "window: 1m", "condition: {above: 10}");
    harness =
        ProcessFunctionTestHarnesses.forBroadcastProcessFunction(
            new SelectWindows(TestRules.book(started)), LiveRules.APPLIED);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void theSeriesBesideTheWatchedOneExplainIt() throws Exception {
    send(MINUTES.closed("10:00", 1), OF_A.closed("10:00", 2), OF_A.open("10:01", 3));
    send(SeriesOfWindows.hours("api_requests").closed("10:00", 4));
    assertThat(harness.extractOutputValues()).extracting(MetricWindow::value).containsExactly(1.0);
    assertThat(explaining()).containsExactly(1.0, 2.0);
  }

  @Test
  void aRuleThatLivesInTheTopicAloneIsExplainedTooWhileItLasts() throws Exception {
    take(
        TestRules.applied(
            "early",
            "metric: api_requests",
            "window: 1h",
            "condition: {above: 10}",
            "early: true"));
    SeriesOfWindows hours = SeriesOfWindows.hours("api_requests");
    send(hours.of("endpoint=/a").closed("10:00", 1), hours.of("endpoint=/a").open("11:00", 2));
    take(TestRules.off("early"));
    send(hours.of("endpoint=/a").closed("11:00", 3));
    assertThat(explaining()).containsExactly(1.0, 2.0);
  }

  private void take(RuleMessage change) throws Exception {
    harness.processBroadcastElement(change, 0);
  }

  private void send(MetricWindow... rows) throws Exception {
    for (MetricWindow row : rows) {
      harness.processElement(row, 0);
    }
  }

  private List<Double> explaining() {
    Queue<StreamRecord<MetricWindow>> rows = harness.getSideOutput(SelectWindows.EXPLAINING);
    List<Double> values = new ArrayList<>();
    rows.forEach(row -> values.add(row.getValue().value()));
    return values;
  }
}
