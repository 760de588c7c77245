package io.tidewatch.bench;

import io.tidewatch.bench.Aggregates.Dimension;
import io.tidewatch.bench.Aggregates.Figure;
import io.tidewatch.bench.Aggregates.Series;
import io.tidewatch.config.Problems;
import io.tidewatch.event.EventCatalogue;
import io.tidewatch.ingest.SourceSettings;
import io.tidewatch.ingest.SourceSetup;
import io.tidewatch.ingest.stream.IngestStage;
import io.tidewatch.job.TidewatchJob;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.kafka.KafkaSources;
import io.tidewatch.local.stack.LocalConfiguration;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.MissedWindows;
import io.tidewatch.metrics.stream.MetricsStage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Tidewatch's ingest and metrics stages as they ship for the source {@code api}, with every check,
 * but without enrichment, for which the others have no equal; of the metrics only those that are
 * compared, and on request those of the records' quality too.
 */
final class TidewatchStages implements Contender.Work {

  private static final String METRICS = "/metrics.yaml";
  private static final Duration ARRIVAL_LATENESS = Duration.ofDays(2);

  private final boolean quality;

  /**
   * @param quality whether the metrics of the records' quality run beside those that are compared
   */
  TidewatchStages(boolean quality) {
    this.quality = quality;
  }

  @Override
  public Measurement run(Contender.Assignment assignment) throws Exception {
    return FlinkRun.untilComplete(assignment, environment -> define(assignment, environment));
  }

  private void define(Contender.Assignment assignment, StreamExecutionEnvironment environment) {
    environment.configure(
        new Configuration()
            .set(PipelineOptions.GENERIC_TYPES, false)
            .set(PipelineOptions.MAX_PARALLELISM, TidewatchJob.MAX_PARALLELISM));
    TidewatchSettings settings = LocalConfiguration.read(assignment.conf(), System.getenv());
    MetricCatalogue compared = compared(assignment.directory());
    SourceSetup source = reading(assignment.topic(), settings.sources().named("api"));
    IngestStage.Outputs ingested =
        IngestStage.apply(
            List.of(
                new IngestStage.Input(
                    source.source(),
                    new KafkaSources(environment, assignment.kafka())
                        .live(
                            source,
                            settings.sources().ingest(),
                            settings.sources().watermarkAlignment()))),
            new IngestStage.Settings(
                settings.reporting().zone(),
                new MissedWindows.Factory(
                    compared, settings.reporting().zone(), settings.sources().allowedLateness()),
                settings.customers().timeToLive(),
                quality,
                false));
    if (quality) {
      ofQuality(ingested, settings).sinkTo(new DiscardingSink<>());
    }
    DataStream<MetricWindow> windows =
        MetricsStage.apply(
                ingested.branches(),
                new MetricsStage.Settings(
                    "events",
                    compared,
                    settings.reporting().zone(),
                    settings.sources().allowedLateness()))
            .allWindows();
    ingested.deadLetters().forEach(rows -> rows.sinkTo(new DiscardingSink<>()));
    ingested.flags().forEach(rows -> rows.sinkTo(new DiscardingSink<>()));
    ingested.lateEvents().forEach(rows -> rows.sinkTo(new DiscardingSink<>()));
    windows.sinkTo(new CollectingSink<>(TidewatchStages::read));
  }

  private static DataStream<MetricWindow> ofQuality(
      IngestStage.Outputs ingested, TidewatchSettings settings) {
    return MetricsStage.applyOnArrival(
            ingested.recordEvents(),
            new MetricsStage.Settings(
                "arrivals",
                new MetricCatalogue(
                    settings.definitions().metrics().metrics().stream()
                        .filter(MetricDefinition::arrivalClock)
                        .toList()),
                settings.reporting().zone(),
                ARRIVAL_LATENESS),
            false)
        .allWindows();
  }

  private static SourceSetup reading(String topic, SourceSetup shipped) {
    SourceSettings source = shipped.source();
    return shipped.withSource(
        new SourceSettings(
            source.name(),
            List.of(topic),
            source.format(),
            source.flat(),
            source.deduplicationHorizon(),
            false,
            source.personalFields()));
  }

  private static MetricCatalogue compared(Path directory) {
    try (InputStream packaged = TidewatchStages.class.getResourceAsStream(METRICS)) {
      Path file = directory.resolve("metrics.yaml");
      Files.createDirectories(directory);
      Files.copy(packaged, file);
      Problems problems = new Problems();
      MetricCatalogue catalogue = MetricCatalogue.load(file, EventCatalogue.names(), problems);
      problems.throwIfAny();
      return catalogue;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(MetricWindow row, Aggregates result) {
    Set<String> dimensions = row.dims().keySet();
    if (dimensions.isEmpty()) {
      return;
    }
    Dimension dimension =
        dimensions.contains("customer_id") ? Dimension.CUSTOMER : Dimension.ENDPOINT;
    Figure figure =
        switch (row.metric()) {
          case "requests" -> Figure.COUNT;
          case "response_time_sum" -> Figure.SUM;
          case "response_time_max" -> Figure.MAX;
          default -> throw new IllegalStateException(row.metric());
        };
    result.put(
        new Series(
            dimension, row.dims().values().iterator().next(), row.windowStart().toEpochMilli()),
        figure,
        (long) row.value());
  }
}
