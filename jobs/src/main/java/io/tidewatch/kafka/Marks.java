package io.tidewatch.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Lets a producer vouch for event time. */
public final class Marks {

  private Marks() {}

  /** A record that says: nothing older than this follows in the partition. */
  public static ProducerRecord<byte[], byte[]> mark(String topic, int partition, Instant time) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, null, null);
    record
        .headers()
        .add(
            ArrivalDeserializer.MARK,
            Long.toString(time.toEpochMilli()).getBytes(StandardCharsets.US_ASCII));
    return record;
  }
}
