package io.tidewatch.local.demo;

import io.tidewatch.kafka.Marks;
import io.tidewatch.local.UserException;
import io.tidewatch.local.company.CompanyEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes what happens in the company to its topics. */
final class CompanyProducer implements AutoCloseable {

  private static final int LINGER_MILLIS = 5;

  private final KafkaProducer<byte[], byte[]> producer;
  private final List<PartitionInfo> partitions;
  private final AtomicReference<Exception> refusal = new AtomicReference<>();
  private final SentByMinute taken = new SentByMinute();
  private long sent;

  /**
   * @param kafka client properties; those of consumers are ignored
   * @param topics those that the job reads: all are marked, also those the company is silent in
   */
  CompanyProducer(Map<String, String> kafka, List<String> topics) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.remove("group.id");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    this.partitions =
        topics.stream().flatMap(topic -> producer.partitionsFor(topic).stream()).toList();
  }

  /**
   * Sends an event, at once or nearly so.
   *
   * @param repeated whether it was sent before
   * @throws UserException if Kafka did not take one before
   */
  void send(CompanyEvent event, boolean repeated) {
    byte[] key = event.key().getBytes(StandardCharsets.UTF_8);
    send(new ProducerRecord<>(event.topic(), key, event.json()), time -> taken.add(time, repeated));
    sent++;
  }

  /** Says that nothing older follows, anywhere. */
  void mark(Instant time) {
    partitions.forEach(
        partition -> send(Marks.mark(partition.topic(), partition.partition(), time), taken -> {}));
  }

  /** How many events were sent, those sent twice counted twice; marks are none. */
  long sent() {
    return sent;
  }

  /** The events that Kafka took, by the time it has of them. */
  SentByMinute taken() {
    return taken;
  }

  private void send(ProducerRecord<byte[], byte[]> record, Consumer<Instant> taken) {
    Exception refused = refusal.get();
    if (refused != null) {
      throw new UserException("Kafka did not take an event: " + refused.getMessage(), refused);
    }
    producer.send(
        record,
        (metadata, failure) -> {
          if (failure != null) {
            refusal.compareAndSet(null, failure);
          } else {
            taken.accept(Instant.ofEpochMilli(metadata.timestamp()));
          }
        });
  }

  void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
