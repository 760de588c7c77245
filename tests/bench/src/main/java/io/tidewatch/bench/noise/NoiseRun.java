package io.tidewatch.bench.noise;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertStatus;
import io.tidewatch.ingest.SourceSettings;
import io.tidewatch.ingest.SourceSetup;
import io.tidewatch.ingest.stream.Arrival;
import io.tidewatch.ingest.stream.IngestStage;
import io.tidewatch.job.Pipeline;
import io.tidewatch.job.Stage;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.company.Company;
import io.tidewatch.local.demo.AlertMessage;
import io.tidewatch.local.demo.Findings;
import io.tidewatch.models.Models;
import io.tidewatch.rules.RuleMessage;
import io.tidewatch.time.SourceWatermarks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** All stages and all shipped rules, in this process, on the life of a company. */
final class NoiseRun {

  private static final int PARALLELISM = 2;

  private final TidewatchSettings settings;

  NoiseRun(TidewatchSettings settings) {
    this.settings = settings;
  }

  /** What was noticed, and what was for nothing. */
  Findings of(Life life) throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(
            PARALLELISM, new Configuration().set(PipelineOptions.OBJECT_REUSE, true));
    Map<String, Long> events = life.eventsByTopic();
    List<IngestStage.Input> inputs = new ArrayList<>();
    for (SourceSetup setup : settings.sources().live()) {
      long heard =
          setup.source().topics().stream().mapToLong(t -> events.getOrDefault(t, 0L)).sum();
      if (heard > 0) {
        inputs.add(input(environment, setup, life, heard));
      }
    }
    DataStream<Alert> alerts =
        new Pipeline(settings, EnumSet.allOf(Stage.class), true)
            .define(inputs, controls(environment))
            .alerts()
            .get(0);
    List<AlertMessage> messages = new ArrayList<>();
    try (CloseableIterator<Alert> told = alerts.executeAndCollect()) {
      told.forEachRemaining(
          alert -> {
            if (alert.updatedAt().isBefore(life.end())) {
              messages.add(message(alert));
            }
          });
    }
    Company company = life.lived();
    return Findings.of(company.incidents(), company.troubles(), messages);
  }

  private IngestStage.Input input(
      StreamExecutionEnvironment environment, SourceSetup setup, Life life, long events) {
    SourceSettings source = setup.source();
    return new IngestStage.Input(
        source,
        environment
            .fromSource(
                new DataGeneratorSource<>(
                    new LivedEvents(life, source, settings.sources().ingest(), events),
                    events + 1,
                    TypeInformation.of(Arrival.class)),
                SourceWatermarks.replay(new Arrival.Clock(), setup.outOfOrderness())
                    .withWatermarkAlignment("lives", settings.sources().watermarkAlignment()),
                source.name(),
                TypeInformation.of(Arrival.class))
            .setParallelism(1));
  }

  private static Pipeline.Controls controls(StreamExecutionEnvironment environment) {
    return new Pipeline.Controls(
        environment.fromData(
            Models.shippedDocuments(), PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO),
        environment
            .fromData(new RuleMessage("", "", null, "", Instant.EPOCH))
            .filter(message -> false));
  }

  private static AlertMessage message(Alert alert) {
    return new AlertMessage(
        alert.id(),
        alert.profile().rule(),
        alert.profile().severity().name().toLowerCase(Locale.ROOT),
        alert.status() == AlertStatus.FIRING,
        alert.series(),
        alert.startedAt(),
        alert.updatedAt(),
        alert.endedAt(),
        alert.summary(),
        Optional.empty(),
        Instant.EPOCH);
  }
}
