package io.tidewatch.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.kafka.CommittedRecords;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** What one job wrote to a topic, as readers of committed records see it. */
public final class OutputTopic {

  private final String bootstrap;
  private final String topic;
  private final ObjectMapper json = new ObjectMapper();

  public OutputTopic(String bootstrap, String topic) {
    this.bootstrap = bootstrap;
    this.topic = topic;
  }

  /** Where each partition ends for these readers. */
  public Map<TopicPartition, Long> end() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.endOffsets(CommittedRecords.partitions(consumer, topic));
    }
  }

  /** Hands over key and row of each record between two ends, partition by partition in order. */
  public void read(
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> to,
      BiConsumer<String, JsonNode> row)
      throws IOException {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(from.keySet());
      from.forEach(consumer::seek);
      while (to.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (record.offset() < to.get(new TopicPartition(topic, record.partition()))) {
            row.accept(new String(record.key(), UTF_8), json.readTree(record.value()));
          }
        }
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return CommittedRecords.consumer(Map.of("bootstrap.servers", bootstrap));
  }
}
