package io.tidewatch.bench.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Severity;
import io.tidewatch.local.flink.LocalFlink;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.Unit;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.WindowCondition.Limit;
import io.tidewatch.rules.WindowCondition.Side;
import io.tidewatch.rules.stream.AlertsStage;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Windows of many series through the stage that watches them, as in the job, on RocksDB. */
final class RulesRun {

  private static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");
  private static final String DIMENSION = "customer_id";

  private RulesRun() {}

  /**
   * What is run.
   *
   * @param rules how many there are, in equal parts on the metrics
   * @param series how many there are, in equal parts of the metrics
   * @param rounds how many windows each series has, a minute each
   */
  record Load(int rules, int metrics, int series, int rounds) implements Serializable {

    long windows() {
      return (long) series * rounds;
    }

    int rulesPerWindow() {
      return rules / metrics;
    }

    private List<MetricRule> toRules() {
      return IntStream.range(0, rules).mapToObj(number -> rule(number, number % metrics)).toList();
    }

    /** A limit that one series in a hundred is beyond, in every tenth window. */
    private static MetricRule rule(int number, int metric) {
      return new MetricRule(
          new AlertProfile("rule_" + number, "", Severity.LOW, List.of(), List.of(), ""),
          "metric_" + metric,
          Unit.COUNT,
          "1m",
          Set.of(DIMENSION),
          new Limit(Side.ABOVE, 100 + number),
          1,
          1,
          false,
          false);
    }

    private MetricWindow window(long number) {
      int one = (int) (number % series);
      long round = number / series;
      String customer = "customer-" + one / metrics;
      boolean isBeyond = one % 100 == 0 && round % 10 == 0;
      Instant start = BEGIN.plus(Duration.ofMinutes(round));
      return new MetricWindow(
          "metric_" + one % metrics,
          "1m",
          DIMENSION + '=' + customer,
          start,
          start.plus(Duration.ofMinutes(1)),
          Map.of(DIMENSION, customer),
          isBeyond ? Integer.MAX_VALUE : 1,
          null,
          100,
          true,
          201);
    }
  }

  /** How long it took from the submission to the end. */
  static Duration measure(Path conf, Path directory, Load load) throws Exception {
    try (LocalFlink flink = LocalFlink.start(conf.resolve("local"), directory, 0)) {
      long begin = System.nanoTime();
      JobID job = flink.submit("rules", environment -> define(environment, load), Optional.empty());
      flink
          .cluster()
          .requestJobResult(job)
          .get()
          .toJobExecutionResult(RulesRun.class.getClassLoader());
      return Duration.ofNanos(System.nanoTime() - begin);
    }
  }

  private static void define(StreamExecutionEnvironment environment, Load load) {
    environment.setParallelism(2);
    environment.configure(
        new Configuration()
            .set(RestartStrategyOptions.RESTART_STRATEGY, "none")
            .set(PipelineOptions.OBJECT_REUSE, true)
            .set(PipelineOptions.MAX_PARALLELISM, 128));
    AlertsStage.ofWindows(
            "measured",
            windows(environment, load),
            UnchangedRules.of(environment, load.toRules()),
            ZoneOffset.UTC)
        .alerts()
        .sinkTo(new DiscardingSink<>());
  }

  private static DataStream<MetricWindow> windows(
      StreamExecutionEnvironment environment, Load load) {
    GeneratorFunction<Long, Long> number = n -> n;
    return environment
        .fromSource(
            new DataGeneratorSource<>(number, load.windows(), Types.LONG),
            WatermarkStrategy.forGenerator(context -> new Rounds(load)),
            "windows")
        .setParallelism(1)
        .uid("windows")
        .map(load::window)
        .returns(TypeInformation.of(MetricWindow.class))
        .setParallelism(1)
        .uid("rows");
  }

  /** A round is over with its last window. */
  private record Rounds(Load load) implements WatermarkGenerator<Long> {

    @Override
    public void onEvent(Long number, long timestamp, WatermarkOutput output) {
      if ((number + 1) % load.series() == 0) {
        long rounds = (number + 1) / load.series();
        output.emitWatermark(
            new Watermark(BEGIN.plus(Duration.ofMinutes(rounds)).toEpochMilli() - 1));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }
}
