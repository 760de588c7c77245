package io.tidewatch.local.demo;

import io.tidewatch.kafka.Marks;
import io.tidewatch.local.UserException;
import io.tidewatch.local.company.CompanyEvent;
import io.tidewatch.local.company.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
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
  private long sent;

  /**
   * @param kafka client properties; those of consumers are ignored
   */
  CompanyProducer(Map<String, String> kafka) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.remove("group.id");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    this.partitions =
        Topics.all().stream().flatMap(topic -> producer.partitionsFor(topic).stream()).toList();
  }

  /**
   * Sends an event, at once or nearly so.
   *
   * @throws UserException if Kafka did not take one before
   */
  void send(CompanyEvent event) {
    byte[] key = event.key().getBytes(StandardCharsets.UTF_8);
    send(new ProducerRecord<>(event.topic(), key, event.json()));
    sent++;
  }

  /** Says that nothing older follows, anywhere. */
  void mark(Instant time) {
    partitions.forEach(
        partition -> send(Marks.mark(partition.topic(), partition.partition(), time)));
  }

  /** How many events were sent, those sent twice counted twice; marks are none. */
  long sent() {
    return sent;
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    Exception refused = refusal.get();
    if (refused != null) {
      throw new UserException("Kafka did not take an event: " + refused.getMessage(), refused);
    }
    producer.send(
        record,
        (metadata, failure) -> {
          if (failure != null) {
            refusal.compareAndSet(null, failure);
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
