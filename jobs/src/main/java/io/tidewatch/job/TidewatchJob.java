package io.tidewatch.job;

import static io.tidewatch.operator.Operators.identify;
import static io.tidewatch.operator.Operators.union;

import io.tidewatch.alert.Alert;
import io.tidewatch.alertmanager.AlertmanagerSink;
import io.tidewatch.clickhouse.ClickHouseSinks;
import io.tidewatch.clickhouse.Table;
import io.tidewatch.clickhouse.Tables;
import io.tidewatch.currency.stream.CurrencyStage;
import io.tidewatch.customers.stream.CustomersStage;
import io.tidewatch.event.Event;
import io.tidewatch.ingest.SourceSetup;
import io.tidewatch.ingest.stream.IngestStage;
import io.tidewatch.ingest.stream.MarkProgress;
import io.tidewatch.kafka.EventsTopic;
import io.tidewatch.kafka.KafkaSinks;
import io.tidewatch.kafka.KafkaSources;
import io.tidewatch.kafka.PublishedRates;
import io.tidewatch.kafka.RowTopic;
import io.tidewatch.kafka.RowTopics;
import io.tidewatch.models.Models;
import io.tidewatch.operator.EventSerializer;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.rules.stream.RulesStage;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.client.program.ProgramParametrizationException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.TopicPartition;

/**
 * The job that operators submit: reads the configuration and wires sources, stages and sinks.
 *
 * <pre>{@code flink run -d tidewatch-jobs.jar --config tidewatch.yaml --stages all}</pre>
 */
public final class TidewatchJob {

  /** State is split into so many key groups; it bounds the parallelism and can never change. */
  public static final int MAX_PARALLELISM = 128;

  private static final String NAME = "tidewatch";

  private final TidewatchSettings settings;
  private final Set<Stage> stages;

  public TidewatchJob(TidewatchSettings settings, Set<Stage> stages) {
    this.settings = settings;
    this.stages = Set.copyOf(stages);
  }

  /**
   * @throws ProgramParametrizationException where the arguments or the configuration are wrong;
   *     Flink's command says it without a stack trace
   */
  public static void main(String[] arguments) throws Exception {
    JobArguments parsed = JobArguments.parse(arguments);
    TidewatchJob job = new TidewatchJob(parsed.settings(), parsed.stages());
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    job.defineLive(environment);
    environment.execute(job.name());
  }

  /**
   * Adds the job as it runs in production. One that does not ingest has a consumer group and
   * transactions of its own, named by its stages.
   */
  public void defineLive(StreamExecutionEnvironment environment) {
    Map<String, String> kafka = new HashMap<>(settings.kafka().properties());
    kafka.merge("group.id", suffix(), String::concat);
    KafkaSources sources = configured(environment, kafka);
    Pipeline pipeline = new Pipeline(settings, stages, false);
    define(
        sources,
        kafka,
        pipeline,
        stages.contains(Stage.INGEST)
            ? pipeline.ingest(liveInputs(sources))
            : IngestStage.Outputs.of(sources.published(settings.sources().watermarkAlignment())),
        new Pipeline.Controls(sources.models(), sources.alertRules()),
        false);
  }

  private String name() {
    return NAME + suffix();
  }

  /** Tells jobs that read the topic {@code events} from each other and from the one that writes. */
  private String suffix() {
    return stages.contains(Stage.INGEST)
        ? ""
        : stages.stream()
            .sorted()
            .map(stage -> "-" + stage.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
  }

  private List<IngestStage.Input> liveInputs(KafkaSources kafka) {
    return settings.sources().live().stream()
        .map(
            setup ->
                new IngestStage.Input(
                    setup.source(),
                    kafka.live(
                        setup,
                        settings.sources().ingest(),
                        settings.sources().watermarkAlignment())))
        .toList();
  }

  /**
   * Adds a job that reads one recording, from where it begins to the mark that ends it. It has a
   * consumer group and transactions of its own, so that it leaves those of a live job alone.
   */
  public void defineReplay(
      StreamExecutionEnvironment environment,
      SourceSetup source,
      TopicPartition partition,
      OffsetsInitializer begin) {
    Map<String, String> ownGroup = new HashMap<>(settings.kafka().properties());
    ownGroup.merge("group.id", "-replay-" + UUID.randomUUID(), String::concat);
    KafkaSources kafka = configured(environment, ownGroup);
    Pipeline pipeline = new Pipeline(settings, stages, true);
    define(
        kafka,
        ownGroup,
        pipeline,
        pipeline.ingest(
            List.of(
                new IngestStage.Input(
                    source.source(),
                    kafka.replay(source, settings.sources().ingest(), partition, begin)))),
        // a replay goes by the rules that it is started with
        new Pipeline.Controls(shippedModels(environment), RulesStage.noMessages(environment)),
        true);
  }

  private static KafkaSources configured(
      StreamExecutionEnvironment environment, Map<String, String> kafka) {
    environment.configure(
        new Configuration()
            .set(PipelineOptions.GENERIC_TYPES, false)
            .set(PipelineOptions.OBJECT_REUSE, true)
            .set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM));
    return new KafkaSources(environment, kafka);
  }

  /** What a replay scores with, so that it does not depend on when a trained model arrives. */
  private static DataStream<byte[]> shippedModels(StreamExecutionEnvironment environment) {
    return environment
        .fromData(Models.shippedDocuments(), PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
        .setParallelism(1)
        .uid(OperatorIds.MODELS)
        .name(OperatorIds.MODELS);
  }

  private void define(
      KafkaSources sources,
      Map<String, String> kafka,
      Pipeline pipeline,
      IngestStage.Outputs ingested,
      Pipeline.Controls controls,
      boolean replay) {
    Pipeline.Outputs outputs =
        pipeline.define(
            ingested,
            controls,
            settings
                .reporting()
                .currency()
                .filter(currency -> Stage.analyse(stages))
                .map(
                    currency ->
                        new CurrencyStage.Input(
                            currency.with(PublishedRates.read(kafka, currency.code())),
                            sources.fxRates())));
    union(outputs.events()).ifPresent(events -> keep(kafka, events, replay));
    union(outputs.deadLetters())
        .ifPresent(
            letters -> {
              toClickHouse(letters, Tables.DEAD_LETTERS);
              toKafka(kafka, letters, RowTopics.DEAD_LETTERS);
            });
    union(outputs.lateEvents()).ifPresent(late -> toClickHouse(late, Tables.LATE_EVENTS));
    union(outputs.flags()).ifPresent(flags -> toClickHouse(flags, Tables.DATA_QUALITY));
    union(outputs.metricWindows())
        .ifPresent(
            windows -> {
              toClickHouse(windows, Tables.METRIC_WINDOWS);
              toKafka(kafka, windows, RowTopics.METRIC_WINDOWS);
            });
    union(outputs.windowTombstones())
        .ifPresent(
            // the name is part of a uid
            tombstones -> toClickHouse(tombstones, Tables.WINDOW_TOMBSTONES, "ceased_windows"));
    outputs.movements().forEach(movements -> toClickHouse(movements, Tables.MRR_MOVEMENTS));
    outputs.fxRates().forEach(rates -> toClickHouse(rates, Tables.FX_RATES));
    outputs.customers().ifPresent(customers -> keep(kafka, customers));
    outputs.audit().forEach(entries -> toClickHouse(entries, Tables.AUDIT_LOG));
    union(outputs.alerts())
        .ifPresent(
            alerts -> {
              tell(kafka, alerts);
              if (!replay) {
                deliver(alerts);
              }
            });
  }

  private void keep(Map<String, String> kafka, DataStream<Event> events, boolean replay) {
    if (stages.contains(Stage.FACTS)) {
      toClickHouse(events, Tables.FACT_EVENTS);
    }
    if (!stages.contains(Stage.INGEST) || !settings.kafka().writeEvents()) {
      return;
    }
    boolean complete = stages.containsAll(EnumSet.allOf(Stage.class));
    if (replay || complete) {
      toKafka(kafka, events, RowTopics.EVENTS);
    } else {
      publish(kafka, events);
    }
  }

  /** For the stages that this job leaves to others. */
  private static void publish(Map<String, String> kafka, DataStream<Event> events) {
    identify(
        identify(
                events.transform(
                    OperatorIds.MARK_PROGRESS,
                    EventSerializer.TYPE,
                    new MarkProgress(() -> EventsTopic.partitionCount(kafka))),
                OperatorIds.MARK_PROGRESS)
            .sinkTo(KafkaSinks.published(kafka)),
        OperatorIds.KAFKA + EventsTopic.NAME);
  }

  private void keep(Map<String, String> kafka, CustomersStage.Outputs customers) {
    toClickHouse(customers.health(), Tables.FACT_CUSTOMER_HEALTH);
    toClickHouse(customers.customers(), Tables.DIM_CUSTOMERS);
    toClickHouse(customers.transitions(), Tables.CUSTOMER_TRANSITIONS);
    toKafka(kafka, customers.transitions(), RowTopics.CUSTOMER_TRANSITIONS);
  }

  private void tell(Map<String, String> kafka, DataStream<Alert> alerts) {
    RowTopic<Alert> topic = RowTopics.alerts(settings.delivery().dashboards());
    toClickHouse(alerts, topic.table());
    identify(alerts.sinkTo(KafkaSinks.atLeastOnce(kafka, topic)), OperatorIds.KAFKA + topic.name());
  }

  /** Nobody is called because of a recording. */
  private void deliver(DataStream<Alert> alerts) {
    settings
        .delivery()
        .alertmanager()
        .ifPresent(
            alertmanager ->
                identify(
                    alerts
                        .sinkTo(
                            new AlertmanagerSink(alertmanager, settings.delivery().dashboards()))
                        .setParallelism(1),
                    OperatorIds.ALERTMANAGER));
  }

  private <T> void toClickHouse(DataStream<T> rows, Table<T> table) {
    toClickHouse(rows, table, table.name());
  }

  private <T> void toClickHouse(DataStream<T> rows, Table<T> table, String name) {
    identify(
        rows.sinkTo(
            ClickHouseSinks.of(
                settings.clickHouse().endpoint(), table, settings.clickHouse().batching())),
        OperatorIds.CLICKHOUSE + name);
  }

  private static <T> void toKafka(
      Map<String, String> kafka, DataStream<T> rows, RowTopic<T> topic) {
    identify(rows.sinkTo(KafkaSinks.exactlyOnce(kafka, topic)), OperatorIds.KAFKA + topic.name());
  }
}
