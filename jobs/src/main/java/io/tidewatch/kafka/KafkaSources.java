package io.tidewatch.kafka;

import io.tidewatch.ingest.IngestSettings;
import io.tidewatch.ingest.RawRecord;
import io.tidewatch.ingest.SourceSetup;
import io.tidewatch.ingest.stream.Arrival;
import io.tidewatch.ingest.stream.PublishedEvent;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.rules.RuleMessage;
import io.tidewatch.time.Backlog;
import io.tidewatch.time.NoEventTime;
import io.tidewatch.time.SourceWatermarks;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/** Reads the topics of sources. */
public final class KafkaSources {

  /** The topic that tells exchange rates. */
  public static final String FX_RATES = "fx-rates";

  /** Of a partition, each time it is asked for records: a property of consumers. */
  public static final String FETCHED_BYTES = "max.partition.fetch.bytes";

  /** A subtask that gets no partition holds back the others for as long. */
  private static final Duration IDLE_WITHOUT_PARTITION = Duration.ofSeconds(10);

  private static final String ALIGNMENT_GROUP = "sources";

  /** A job that catches up reads at most what it is aligned within, each time it is aligned. */
  private static final Duration ALIGNED_EVERY = Duration.ofMillis(100);

  /** What is told every 200 ms alone is told too late: a small topic is read in less. */
  private static final int STEPS_PER_ALIGNMENT = 4;

  private static final Duration BACKLOG_ASKED_EVERY = Duration.ofSeconds(2);

  /** A pattern, as a topic that is named must exist. */
  private static final Pattern MODELS = Pattern.compile("models");

  private static final Pattern ALERT_RULES = Pattern.compile(RuleTopic.NAME);

  private final StreamExecutionEnvironment environment;
  private final Map<String, String> kafka;

  /**
   * @param kafka client properties, with {@code bootstrap.servers} and {@code group.id}
   */
  public KafkaSources(StreamExecutionEnvironment environment, Map<String, String> kafka) {
    this.environment = environment;
    this.kafka = kafka;
  }

  /**
   * What comes in at a source as it happens: from where its consumer group left off, else from the
   * beginning.
   *
   * @param alignment how far, in event time, it may run ahead of the slowest source
   */
  public DataStream<Arrival> live(SourceSetup setup, IngestSettings ingest, Duration alignment) {
    List<String> topics = setup.source().topics();
    Clock clock = Clock.systemUTC();
    return read(
        setup,
        ingest,
        builder ->
            builder
                .setTopics(topics)
                .setStartingOffsets(
                    OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST)),
        SourceWatermarks.live(
                new Arrival.Clock(),
                setup.outOfOrderness(),
                setup.idleness(),
                new KafkaBacklog(properties(), topics, BACKLOG_ASKED_EVERY, clock),
                clock)
            .advancingBy(alignment.dividedBy(STEPS_PER_ALIGNMENT))
            .withWatermarkAlignment(ALIGNMENT_GROUP, alignment, ALIGNED_EVERY));
  }

  /** A recording in its order, from where it begins in a partition to the mark that ends it. */
  public DataStream<Arrival> replay(
      SourceSetup setup,
      IngestSettings ingest,
      TopicPartition partition,
      OffsetsInitializer begin) {
    return read(
            setup,
            ingest,
            builder -> builder.setPartitions(Set.of(partition)).setStartingOffsets(begin),
            SourceWatermarks.replay(new Arrival.Clock(), setup.outOfOrderness()))
        .setParallelism(1);
  }

  /**
   * What another job has ingested: from where the consumer group left off, else from the beginning.
   *
   * @param alignment how far, in event time, a partition may run ahead of the slowest
   */
  public DataStream<PublishedEvent> published(Duration alignment) {
    String id = OperatorIds.PUBLISHED_EVENTS;
    KafkaSource<PublishedEvent> source =
        this.<PublishedEvent>reader(EventsTopic.NAME)
            .setTopics(EventsTopic.NAME)
            .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
            .setProperty("isolation.level", "read_committed")
            .setDeserializer(new PublishedEventDeserializer())
            .build();
    // nothing to read says nothing: ingest may be away
    Backlog neverDrained = position -> false;
    WatermarkStrategy<PublishedEvent> watermarks =
        SourceWatermarks.live(
                new PublishedEvent.Clock(),
                Duration.ZERO,
                IDLE_WITHOUT_PARTITION,
                neverDrained,
                Clock.systemUTC())
            .advancingBy(alignment.dividedBy(STEPS_PER_ALIGNMENT))
            .withWatermarkAlignment(ALIGNMENT_GROUP, alignment, ALIGNED_EVERY);
    return environment.fromSource(source, watermarks, id).uid(id);
  }

  /** The documents of models, as they are published: the topic keeps the newest of each kind. */
  public DataStream<byte[]> models() {
    return kept(
        MODELS, OperatorIds.MODELS, KafkaRecordDeserializationSchema.valueOnly(new Documents()));
  }

  /** Changes of rules, as they are applied. */
  public DataStream<RuleMessage> alertRules() {
    return kept(ALERT_RULES, OperatorIds.ALERT_RULES, new RuleMessageDeserializer());
  }

  /**
   * All that a topic keeps, from the beginning. It need not exist yet. Nobody waits for it: event
   * time is elsewhere.
   */
  private <T> DataStream<T> kept(
      Pattern topic, String id, KafkaRecordDeserializationSchema<T> deserializer) {
    KafkaSource<T> source =
        this.<T>reader(id)
            .setTopicPattern(topic)
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setProperty("commit.offsets.on.checkpoint", "false")
            .setDeserializer(deserializer)
            .build();
    return environment.fromSource(source, new NoEventTime<>(), id).uid(id).setParallelism(1);
  }

  /** Values as they are. */
  private static final class Documents extends AbstractDeserializationSchema<byte[]> {
    @Override
    public byte[] deserialize(byte[] value) {
      return value;
    }
  }

  /** All exchange rates that were ever told, in their order; nobody waits for them. */
  public DataStream<RawRecord> fxRates() {
    KafkaSource<RawRecord> source =
        this.<RawRecord>reader(FX_RATES)
            .setTopics(FX_RATES)
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setProperty("isolation.level", "read_committed")
            .setDeserializer(new RawRecordDeserializer(FX_RATES))
            .build();
    String id = OperatorIds.SOURCE + FX_RATES;
    return environment.fromSource(source, new NoEventTime<>(), id).uid(id).setParallelism(1);
  }

  private SingleOutputStreamOperator<Arrival> read(
      SourceSetup setup,
      IngestSettings ingest,
      UnaryOperator<KafkaSourceBuilder<Arrival>> extent,
      WatermarkStrategy<Arrival> watermarks) {
    String id = OperatorIds.SOURCE + setup.name();
    KafkaSourceBuilder<Arrival> builder =
        extent
            .apply(reader(setup.name()))
            .setProperty("isolation.level", "read_committed")
            .setDeserializer(new ArrivalDeserializer(setup.source(), ingest));
    return environment.fromSource(builder.build(), watermarks, id).uid(id);
  }

  private <T> KafkaSourceBuilder<T> reader(String name) {
    return KafkaSource.<T>builder()
        .setProperties(properties())
        .setProperty("partition.discovery.interval.ms", "30000")
        .setProperty("client.id.prefix", kafka.get("group.id") + "-" + name);
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.putAll(kafka);
    return properties;
  }
}
