package io.tidewatch.local.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.local.kafka.LocalKafka;
import io.tidewatch.models.ModelKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTopicTest {

  @Test
  void keepsModelsByTheirKind(@TempDir Path directory) throws Exception {
    ObjectNode model = new ObjectMapper().createObjectNode().put("gross_margin", 0.8);
    ModelDocument document =
        ModelDocument.of(ModelKind.LIFETIME, LocalDate.parse("2026-01-01"), model, "# A card");
    try (LocalKafka kafka = LocalKafka.start(directory, 0)) {
      ModelTopic.publish(document, Map.of(), kafka.bootstrap());
      ModelTopic.publish(document, Map.of(), kafka.bootstrap());

      assertThat(records(kafka.bootstrap(), 2))
          .allSatisfy(
              record -> {
                assertThat(record.key()).isEqualTo("lifetime");
                assertThat(record.value()).isEqualTo(new String(document.json(), UTF_8));
              });
      assertThat(cleanupPolicy(kafka.bootstrap())).isEqualTo("compact");
    }
  }

  private static List<ConsumerRecord<String, String>> records(String bootstrap, int wanted) {
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(ModelTopic.NAME, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (records.size() < wanted) {
        consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
      }
    }
    return records;
  }

  private static String cleanupPolicy(String bootstrap) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, ModelTopic.NAME);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      return admin
          .describeConfigs(List.of(topic))
          .all()
          .get()
          .get(topic)
          .get("cleanup.policy")
          .value();
    }
  }
}
