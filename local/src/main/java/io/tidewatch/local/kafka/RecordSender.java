package io.tidewatch.local.kafka;

import io.tidewatch.local.UserException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends records as they are to one topic, spread over its partitions. */
public final class RecordSender implements AutoCloseable {

  private static final int LINGER_MILLIS = 20;
  private static final int GIVE_UP_MILLIS = 20_000;

  private final String bootstrap;
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long sent;

  /**
   * @param kafka client properties; those of consumers are ignored
   * @param bootstrap where Kafka answers
   */
  public RecordSender(Map<String, String> kafka, String bootstrap, String topic) {
    this.bootstrap = bootstrap;
    this.topic = topic;
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.remove("group.id");
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LocalKafka.LARGEST_BATCH);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, GIVE_UP_MILLIS);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, GIVE_UP_MILLIS / 2);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, GIVE_UP_MILLIS);
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Sends a record, some time soon.
   *
   * @throws UserException if Kafka did not take it or one before
   */
  public void send(byte[] value) {
    send(null, value);
  }

  /**
   * The same with a key; of a compacted topic the last record of each key remains.
   *
   * @throws UserException if Kafka did not take it or one before
   */
  public void send(byte[] key, byte[] value) {
    failIfRefused();
    try {
      producer.send(
          new ProducerRecord<>(topic, key, value),
          (metadata, refusal) -> {
            if (refusal != null) {
              failure.compareAndSet(null, refusal);
            }
          });
      sent++;
    } catch (KafkaException e) {
      throw refused(e);
    }
  }

  /**
   * Sends a record to any topic and waits until Kafka has it.
   *
   * @return where it is
   * @throws UserException if Kafka did not take it
   */
  public RecordMetadata deliver(ProducerRecord<byte[], byte[]> record) {
    try {
      return producer.send(record).get();
    } catch (ExecutionException e) {
      throw refused((Exception) e.getCause());
    } catch (KafkaException e) {
      throw refused(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused(e);
    }
  }

  /**
   * Waits until Kafka has all of them.
   *
   * @return how many they are
   * @throws UserException if Kafka did not take one
   */
  public long finish() {
    producer.flush();
    failIfRefused();
    return sent;
  }

  @Override
  public void close() {
    producer.close();
  }

  private void failIfRefused() {
    Exception refusal = failure.get();
    if (refusal != null) {
      throw refused(refusal);
    }
  }

  private UserException refused(Exception refusal) {
    return new UserException(
        "Kafka at %s did not take a record for %s: %s"
            .formatted(bootstrap, topic, refusal.getMessage()),
        refusal);
  }
}
