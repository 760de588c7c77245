package io.tidewatch.kafka;

import io.tidewatch.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sinks into topics whose values are rows as JSON.
 *
 * <p>Exactly-once sinks are so for readers with {@code isolation.level=read_committed}: records
 * become visible when the checkpoint that covers them completes. Readers of uncommitted records may
 * see some that a failure takes back.
 */
public final class KafkaSinks {

  /** Longer than a checkpoint may take; the broker's transaction.max.timeout.ms must allow it. */
  private static final String TRANSACTION_TIMEOUT_MS = "3600000";

  /** An event of the largest record that ingest takes may be twice its size as a row. */
  private static final String LARGEST_ROW_BYTES = Integer.toString(8 << 20);

  /**
   * Its readers see nothing before the next checkpoint, so fewer and larger batches cost nothing.
   */
  private static final Duration LINGER_FOR_CHECKPOINT = Duration.ofMillis(500);

  private static final String BATCH_BYTES = Integer.toString(128 << 10);

  private KafkaSinks() {}

  public static <T> KafkaSink<T> exactlyOnce(Map<String, String> kafka, RowTopic<T> topic) {
    return exactlyOnce(kafka, topic.name(), new RowSerializer<>(topic));
  }

  /**
   * A sink into the topic {@code events} that other jobs' stages can read from.
   *
   * @see io.tidewatch.ingest.stream.MarkProgress
   */
  public static KafkaSink<Event> published(Map<String, String> kafka) {
    return exactlyOnce(
        kafka,
        EventsTopic.NAME,
        new PublishedEventSerializer(new RowSerializer<>(RowTopics.EVENTS)));
  }

  private static <T> KafkaSink<T> exactlyOnce(
      Map<String, String> kafka, String topic, KafkaRecordSerializationSchema<T> serializer) {
    return into(kafka, topic, serializer, DeliveryGuarantee.EXACTLY_ONCE, LINGER_FOR_CHECKPOINT);
  }

  /**
   * A sink that waits for no checkpoint: its readers see a record at once, and after a failure may
   * see it again.
   */
  public static <T> KafkaSink<T> atLeastOnce(Map<String, String> kafka, RowTopic<T> topic) {
    return into(
        kafka,
        topic.name(),
        new RowSerializer<>(topic),
        DeliveryGuarantee.AT_LEAST_ONCE,
        Duration.ZERO);
  }

  private static <T> KafkaSink<T> into(
      Map<String, String> kafka,
      String topic,
      KafkaRecordSerializationSchema<T> serializer,
      DeliveryGuarantee guarantee,
      Duration linger) {
    Properties properties = new Properties();
    properties.putAll(kafka);
    properties.remove("group.id");
    properties.remove(KafkaSources.FETCHED_BYTES);
    properties.setProperty("transaction.timeout.ms", TRANSACTION_TIMEOUT_MS);
    properties.setProperty("compression.type", "lz4");
    properties.setProperty("linger.ms", Long.toString(linger.toMillis()));
    properties.setProperty("batch.size", BATCH_BYTES);
    properties.setProperty("max.request.size", LARGEST_ROW_BYTES);
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(properties)
        .setBootstrapServers(kafka.get("bootstrap.servers"))
        .setDeliveryGuarantee(guarantee)
        .setTransactionalIdPrefix(kafka.get("group.id") + "-" + topic)
        .setRecordSerializer(serializer)
        .build();
  }

  static final class RowSerializer<T> implements KafkaRecordSerializationSchema<T> {

    private final RowTopic<T> topic;

    private transient RowJson<T> json;

    RowSerializer(RowTopic<T> topic) {
      this.topic = topic;
    }

    @Override
    public void open(
        SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
      json = new RowJson<>(topic.table());
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        T row, KafkaSinkContext context, Long timestamp) {
      return new ProducerRecord<>(
          topic.name(), topic.key().apply(row).getBytes(StandardCharsets.UTF_8), json.write(row));
    }
  }
}
