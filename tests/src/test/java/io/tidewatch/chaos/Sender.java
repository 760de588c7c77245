package io.tidewatch.chaos;

import io.tidewatch.chaos.Traffic.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends traffic to Kafka, each record when it is due; Kafka keeps that time as its arrival. */
final class Sender implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> refusal = new AtomicReference<>();
  private long sent;

  Sender(String bootstrap) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "linger.ms", "10"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Returns when Kafka has all of them. */
  void send(Iterator<Sent> records) {
    while (records.hasNext()) {
      Sent record = records.next();
      await(record.at());
      producer.send(
          new ProducerRecord<>(
              record.topic().topic(),
              record.partition(),
              record.at().toEpochMilli(),
              null,
              record.bytes()),
          (metadata, failure) -> refusal.compareAndSet(null, failure));
      sent++;
    }
    producer.flush();
    if (refusal.get() != null) {
      throw new IllegalStateException("Kafka did not take all records", refusal.get());
    }
  }

  private void await(Instant due) {
    Instant now = Instant.now();
    while (now.isBefore(due)) {
      LockSupport.parkNanos(Math.min(Duration.between(now, due).toNanos(), 5_000_000));
      now = Instant.now();
    }
  }

  /** Records sent so far. */
  long sent() {
    return sent;
  }

  @Override
  public void close() {
    producer.close();
  }
}
