package io.tidewatch.rules.stream;

import static io.tidewatch.operator.Operators.identify;

import io.tidewatch.alert.Alert;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.pattern.WindowPattern;
import io.tidewatch.pattern.stream.JudgeWindows;
import io.tidewatch.pattern.stream.Live;
import io.tidewatch.pattern.window.JudgedWindow;
import io.tidewatch.pattern.window.SeriesWindow;
import io.tidewatch.pattern.window.WindowJudge;
import io.tidewatch.rules.RuleMessage;
import io.tidewatch.rules.WindowPatternRule;
import java.time.ZoneId;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/**
 * Metric windows to alerts, by rules that name a pattern.
 *
 * <pre>
 * windows ─▶ select ─(series)▶ judge ─▶ match ───(rule, series)▶ follow ─▶ tell ─▶ alerts
 *                                 └───▶ endings ──────────────────┘
 * </pre>
 *
 * <p>The first four run once per rule, for what a pattern is compiled from is the rule's own.
 */
public final class WindowPatternsStage {

  private WindowPatternsStage() {}

  /**
   * @param clock names the operators: windows of one clock share a watermark
   * @param rules those that the job is started with
   * @param live what changes them
   */
  public static DataStream<Alert> apply(
      String clock,
      DataStream<MetricWindow> windows,
      List<WindowPatternRule> rules,
      RulesStage.Outputs live,
      ZoneId zone) {
    MatchedPatterns matched = new MatchedPatterns();
    for (WindowPatternRule rule : rules) {
      WindowPattern pattern = rule.pattern(zone);
      matched.add(
          judge(windows, rule, live, zone),
          element -> element.window().series(),
          JudgedWindow::time,
          pattern);
    }
    return matched.follow(clock, live);
  }

  private static SingleOutputStreamOperator<JudgedWindow> judge(
      DataStream<MetricWindow> windows,
      WindowPatternRule rule,
      RulesStage.Outputs live,
      ZoneId zone) {
    Live<WindowJudge, RuleMessage> judges =
        LiveThresholds.of(
            live.book(), WindowPatternRule.class, rule, inForce -> inForce.judge(zone));
    return identify(
        identify(
                windows
                    .flatMap(
                        (MetricWindow row, Collector<SeriesWindow> out) -> {
                          if (rule.watches(row)) {
                            out.collect(SeriesWindow.of(row));
                          }
                        })
                    .returns(TypeInformation.of(SeriesWindow.class)),
                OperatorIds.SELECT_PATTERN_WINDOWS + rule.name())
            .keyBy(SeriesWindow::series)
            .connect(live.changes())
            .process(new JudgeWindows<>(judges, rule.missingIsZero(), zone)),
        String.join(
            "-",
            OperatorIds.JUDGE_WINDOWS + rule.name(),
            rule.watched().metric(),
            rule.watched().window()));
  }
}
