package io.tidewatch.local.demo;

import io.tidewatch.kafka.CommittedRecords;
import io.tidewatch.local.UserException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Servers that nobody else has filled, as a demo counts what came of what it sent. */
final class FreshGround {

  private FreshGround() {}

  /**
   * @param kafka client properties
   * @param topics those that the job reads
   * @throws UserException if there are events already
   */
  static void require(Warehouse warehouse, Map<String, String> kafka, List<String> topics) {
    if (warehouse.factsWritten() > 0) {
      throw new UserException(
          "ClickHouse holds events already: a demo needs an empty one, as it counts what it sends.");
    }
    try (KafkaConsumer<byte[], byte[]> consumer = CommittedRecords.consumer(kafka)) {
      List<TopicPartition> partitions =
          topics.stream()
              .map(topic -> CommittedRecords.partitions(consumer, topic))
              .flatMap(Collection::stream)
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer
          .beginningOffsets(partitions)
          .forEach(
              (partition, beginning) -> {
                if (ends.get(partition) > beginning) {
                  throw new UserException(
                      "The topic %s holds records already: a demo needs empty topics, as it counts what it sends."
                          .formatted(partition.topic()));
                }
              });
    }
  }
}
