package io.tidewatch.bench.pattern;

import io.tidewatch.alert.Alert;
import io.tidewatch.bench.rules.UnchangedRules;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.pattern.WindowPattern;
import io.tidewatch.pattern.window.Finding;
import io.tidewatch.pattern.window.JudgedWindow;
import io.tidewatch.pattern.window.SeriesWindow;
import io.tidewatch.rules.WindowPatternRule;
import io.tidewatch.rules.stream.WindowPatternsStage;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/** Rows of a workload through the pattern they are made for. */
final class PatternJob implements Serializable {

  /** The watermark is this far past the windows of a round when they are complete. */
  private static final long WATERMARK_AFTER = 1000;

  private final Workload workload;
  private final WindowPatternRule rule;

  PatternJob(Workload workload) {
    this.workload = workload;
    this.rule = RuleUnderTest.of(workload);
  }

  /** Tidewatch's stage, as in the job. */
  void define(StreamExecutionEnvironment environment) {
    collect(
        WindowPatternsStage.apply(
            "measured",
            rows(numbers(environment, RateLimiterStrategy.noOp())),
            List.of(rule),
            UnchangedRules.of(environment, List.of(rule)),
            RuleUnderTest.ZONE));
  }

  /** The same with a few rounds from one checkpoint to the next, and a failure if armed. */
  void defineInSteps(StreamExecutionEnvironment environment, int roundsPerCheckpoint) {
    RateLimiterStrategy steps =
        RateLimiterStrategy.perCheckpoint(workload.series() * roundsPerCheckpoint);
    DataStream<MetricWindow> rows =
        rows(numbers(environment, steps))
            .map(new FailOnce<>(workload.rows() / 3))
            .returns(TypeInformation.of(MetricWindow.class))
            .setParallelism(1)
            .uid("fail-once");
    collect(
        WindowPatternsStage.apply(
            "measured",
            rows,
            List.of(rule),
            UnchangedRules.of(environment, List.of(rule)),
            RuleUnderTest.ZONE));
  }

  /**
   * Flink's operator as it comes, on windows judged beforehand: only the matching is measured, and
   * only what fires comes out.
   */
  void defineFlinks(StreamExecutionEnvironment environment) {
    WindowPattern pattern = rule.pattern(RuleUnderTest.ZONE);
    DataStream<JudgedWindow> judged =
        numbers(environment, RateLimiterStrategy.noOp())
            .flatMap(
                (Long number, Collector<JudgedWindow> out) -> {
                  if (!workload.isMissing(number)) {
                    out.collect(judged(workload, number));
                  }
                })
            .returns(TypeInformation.of(JudgedWindow.class))
            .setParallelism(1);
    collect(
        CEP.pattern(
                judged.keyBy(element -> element.window().series(), Types.STRING), pattern.pattern())
            .process(new Matches(pattern), TypeInformation.of(Alert.class)));
  }

  private DataStream<Long> numbers(
      StreamExecutionEnvironment environment, RateLimiterStrategy strategy) {
    GeneratorFunction<Long, Long> number = n -> n;
    return environment
        .fromSource(
            new DataGeneratorSource<>(number, workload.rows(), strategy, Types.LONG),
            WatermarkStrategy.forGenerator(context -> new RoundWatermarks(workload))
                .withTimestampAssigner((n, timestamp) -> workload.end(workload.roundOf(n)) - 1),
            "rows")
        .setParallelism(1)
        .uid("rows");
  }

  private DataStream<MetricWindow> rows(DataStream<Long> numbers) {
    return numbers
        .flatMap(
            (Long number, Collector<MetricWindow> out) -> {
              if (!workload.isMissing(number)) {
                out.collect(workload.row(number));
              }
            })
        .returns(TypeInformation.of(MetricWindow.class))
        .setParallelism(1);
  }

  private static void collect(DataStream<Alert> alerts) {
    alerts
        .transform("round-clock", TypeInformation.of(Alert.class), new RoundClock<>())
        .sinkTo(new CollectedAlerts());
  }

  private static JudgedWindow judged(Workload workload, long number) {
    boolean above = workload.isAbove(number);
    return new JudgedWindow(
        SeriesWindow.of(workload.row(number)),
        above ? Finding.ABOVE : Finding.NORMAL,
        above && !workload.isAboveBefore(number),
        0,
        0);
  }

  /** Watermarks after each round. */
  private record RoundWatermarks(Workload workload) implements WatermarkGenerator<Long> {

    @Override
    public void onEvent(Long number, long timestamp, WatermarkOutput output) {
      if (workload.endsRound(number)) {
        output.emitWatermark(
            new Watermark(workload.end(workload.roundOf(number)) - 1 + WATERMARK_AFTER));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }

  private static final class Matches extends PatternProcessFunction<JudgedWindow, Alert> {

    private final WindowPattern pattern;

    private Matches(WindowPattern pattern) {
      this.pattern = pattern;
    }

    @Override
    public void processMatch(
        Map<String, List<JudgedWindow>> match, Context context, Collector<Alert> out) {
      out.collect(pattern.onMatch(match));
    }
  }
}
