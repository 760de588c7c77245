package io.tidewatch.kafka;

import io.tidewatch.clickhouse.Table;
import io.tidewatch.event.Event;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sinks into topics whose values are rows of the table of the same name as JSON.
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

  /** Reads the record key off a row; travels with the sink. */
  @FunctionalInterface
  public interface Key<T> extends Function<T, String>, Serializable {}

  public static <T> KafkaSink<T> exactlyOnce(
      Map<String, String> kafka, String topic, Table<T> table, Key<T> key) {
    return exactlyOnce(kafka, topic, new RowSerializer<>(topic, table, key));
  }

  /**
   * A sink into the topic {@code events} that other jobs' stages can read from.
   *
   * @see io.tidewatch.ingest.stream.MarkProgress
   */
  public static KafkaSink<Event> published(
      Map<String, String> kafka, Table<Event> table, Key<Event> key) {
    return exactlyOnce(
        kafka,
        EventsTopic.NAME,
        new PublishedEventSerializer(new RowSerializer<>(EventsTopic.NAME, table, key)));
  }

  private static <T> KafkaSink<T> exactlyOnce(
      Map<String, String> kafka, String topic, KafkaRecordSerializationSchema<T> serializer) {
    return into(kafka, topic, serializer, DeliveryGuarantee.EXACTLY_ONCE, LINGER_FOR_CHECKPOINT);
  }

  /**
   * A sink that waits for no checkpoint: its readers see a record at once, and after a failure may
   * see it again.
   */
  public static <T> KafkaSink<T> atLeastOnce(
      Map<String, String> kafka, String topic, Table<T> table, Key<T> key) {
    return into(
        kafka,
        topic,
        new RowSerializer<>(topic, table, key),
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

    private final String topic;
    private final Table<T> table;
    private final Key<T> key;

    private transient RowJson<T> json;

    RowSerializer(String topic, Table<T> table, Key<T> key) {
      this.topic = topic;
      this.table = table;
      this.key = key;
    }

    @Override
    public void open(
        SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
      json = new RowJson<>(table);
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        T row, KafkaSinkContext context, Long timestamp) {
      return new ProducerRecord<>(
          topic, key.apply(row).getBytes(StandardCharsets.UTF_8), json.write(row));
    }
  }
}
