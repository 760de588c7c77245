package io.tidewatch.local.demo;

import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.clickhouse.ClickHouseException;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.kafka.CommittedRecords;
import io.tidewatch.local.UserException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Servers that nobody has filled, as a demo counts what came of what it sent. */
public final class FreshGround {

  private static final String FILLED_TABLES =
      """
      SELECT name FROM system.tables
      WHERE database = 'tidewatch' AND total_rows > 0
        AND name IN ('fact_events', 'metric_windows', 'alerts', 'dead_letters')""";

  private FreshGround() {}

  /**
   * Looks at the servers that the environment names; those that a demo starts are new.
   *
   * @throws UserException if there are events or alerts already, or a server does not answer
   */
  public static void require(TidewatchSettings settings, Map<String, String> environment) {
    if (environment.containsKey("CLICKHOUSE_URL")) {
      requireEmptyTables(settings);
    }
    if (environment.containsKey("KAFKA_BOOTSTRAP")) {
      requireEmptyTopics(settings);
    }
  }

  private static void requireEmptyTables(TidewatchSettings settings) {
    try {
      List<Map<String, String>> filled =
          new ClickHouseClient(settings.clickHouse().endpoint()).query(FILLED_TABLES);
      if (!filled.isEmpty()) {
        throw refusal("ClickHouse's table " + filled.get(0).get("name"));
      }
    } catch (ClickHouseException e) {
      throw new UserException("ClickHouse cannot be asked what it holds: " + e.getMessage(), e);
    }
  }

  private static void requireEmptyTopics(TidewatchSettings settings) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        CommittedRecords.consumer(settings.kafka().properties())) {
      Set<String> existing = consumer.listTopics().keySet();
      List<TopicPartition> partitions =
          Stream.concat(Demo.topics(settings).stream(), Stream.of(AlertReader.TOPIC))
              .filter(existing::contains)
              .flatMap(topic -> CommittedRecords.partitions(consumer, topic).stream())
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer
          .beginningOffsets(partitions)
          .forEach(
              (partition, beginning) -> {
                if (ends.get(partition) > beginning) {
                  throw refusal("the topic " + partition.topic());
                }
              });
    } catch (KafkaException e) {
      throw new UserException("Kafka cannot be asked what it holds: " + e.getMessage(), e);
    }
  }

  private static UserException refusal(String what) {
    return new UserException(
        "A demo counts what it sends and needs empty servers, but %s holds something already."
            .formatted(what));
  }
}
