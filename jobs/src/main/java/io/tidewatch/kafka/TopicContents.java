package io.tidewatch.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** All that a topic holds at a moment. */
final class TopicContents {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(200);

  private TopicContents() {}

  /**
   * Reads each committed record, those of a partition in their order.
   *
   * @param kafka client properties, with {@code bootstrap.servers}
   * @throws IllegalStateException if Kafka does not give all of them within a minute
   */
  static void forEach(
      Map<String, String> kafka, String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    try (KafkaConsumer<byte[], byte[]> consumer = CommittedRecords.consumer(kafka)) {
      List<TopicPartition> partitions = CommittedRecords.partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
      Instant deadline = Instant.now().plus(PATIENCE);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        if (Instant.now().isAfter(deadline)) {
          throw new IllegalStateException("Kafka does not give what the topic " + topic + " holds");
        }
        consumer.poll(POLL).forEach(reader);
      }
    }
  }
}
