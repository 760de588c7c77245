package io.tidewatch.rules.stream;

import static io.tidewatch.operator.Operators.identify;

import io.tidewatch.alert.Alert;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.pattern.AlertEnding;
import io.tidewatch.pattern.WindowPattern;
import io.tidewatch.pattern.cep.PatternMatches;
import io.tidewatch.pattern.stream.FollowAlerts;
import io.tidewatch.pattern.stream.JudgeWindows;
import io.tidewatch.pattern.window.JudgedWindow;
import io.tidewatch.pattern.window.SeriesWindow;
import io.tidewatch.pattern.window.WindowJudge;
import io.tidewatch.rules.PatternRule;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/**
 * Metric windows to alerts, by rules that name a pattern.
 *
 * <pre>
 * windows ─▶ select ─(series)▶ judge ─▶ match ───(rule, series)▶ follow ─▶ alerts
 *                                 └───▶ endings ──────────────────┘
 * </pre>
 *
 * <p>The first four run once per rule, for what a pattern is compiled from is the rule's own.
 */
public final class PatternsStage {

  private PatternsStage() {}

  /**
   * @param clock names the operators: windows of one clock share a watermark
   */
  public static DataStream<Alert> apply(
      String clock, DataStream<MetricWindow> windows, List<PatternRule> rules, ZoneId zone) {
    List<DataStream<Alert>> matches = new ArrayList<>();
    List<DataStream<AlertEnding>> endings = new ArrayList<>();
    for (PatternRule rule : rules) {
      WindowPattern pattern = rule.pattern(zone);
      SingleOutputStreamOperator<JudgedWindow> judged = judge(windows, rule, pattern.judge(), zone);
      matches.add(match(judged, pattern));
      endings.add(endings(judged, pattern));
    }
    return identify(
        union(matches)
            .connect(union(endings))
            .keyBy(FollowAlerts::keyOf, FollowAlerts::keyOf, Types.STRING)
            .process(
                new FollowAlerts(
                    rules.stream().map(PatternRule::name).collect(Collectors.toSet()))),
        OperatorIds.FOLLOW_ALERTS + clock);
  }

  private static SingleOutputStreamOperator<JudgedWindow> judge(
      DataStream<MetricWindow> windows, PatternRule rule, WindowJudge judge, ZoneId zone) {
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
            .process(new JudgeWindows(judge, rule.missingIsZero(), zone)),
        String.join(
            "-",
            OperatorIds.JUDGE_WINDOWS + rule.name(),
            rule.watched().metric(),
            rule.watched().window()));
  }

  /** In the chain of the judge: its elements are where their series belongs. */
  private static DataStream<Alert> match(DataStream<JudgedWindow> judged, WindowPattern pattern) {
    KeyedStream<JudgedWindow, String> bySeries =
        DataStreamUtils.reinterpretAsKeyedStream(
            judged, element -> element.window().series(), Types.STRING);
    return identify(
        PatternMatches.in(bySeries, pattern, JudgedWindow::time),
        OperatorIds.MATCH + pattern.profile().rule() + '-' + pattern.version());
  }

  private static DataStream<AlertEnding> endings(
      DataStream<JudgedWindow> judged, WindowPattern pattern) {
    return identify(
        judged
            .flatMap(
                (JudgedWindow element, Collector<AlertEnding> out) ->
                    pattern.endingOf(element).ifPresent(out::collect))
            .returns(TypeInformation.of(AlertEnding.class)),
        OperatorIds.ENDINGS + pattern.profile().rule());
  }

  private static <T> DataStream<T> union(List<DataStream<T>> streams) {
    return streams.stream().reduce(DataStream::union).orElseThrow();
  }
}
