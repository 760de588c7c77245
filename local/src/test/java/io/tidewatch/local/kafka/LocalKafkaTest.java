package io.tidewatch.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.local.AnotherProcess;
import io.tidewatch.local.LoopbackPort;
import io.tidewatch.local.UserException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaTest {

  private static final int RECORDS = 100;

  @TempDir private Path directory;

  @Test
  void keepsRecordsOverARestartOnAnotherPort() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(directory, 0)) {
      KafkaTopics.createMissing(kafka.bootstrap(), List.of(new NewTopic("events", 2, (short) 1)));
      produce(kafka.bootstrap());
    }
    try (LocalKafka kafka = LocalKafka.start(directory, 0)) {
      KafkaTopics.createMissing(
          kafka.bootstrap(),
          List.of(new NewTopic("events", 4, (short) 1), new NewTopic("alerts", 1, (short) 1)));
      assertThat(partitions(kafka, "events")).isEqualTo(2);
      assertThat(partitions(kafka, "alerts")).isEqualTo(1);
      assertThat(consume(kafka.bootstrap())).containsExactlyInAnyOrderElementsOf(values());
    }
  }

  @Test
  void keepsRecordsOverAKillOfTheProcess() throws Exception {
    String bootstrap;
    try (AnotherProcess other = AnotherProcess.start(KafkaInAnotherProcess.class, directory)) {
      bootstrap = other.nextLine();
      produce(bootstrap);
      other.kill();
    }

    try (LocalKafka kafka = LocalKafka.start(directory, port(bootstrap))) {
      assertThat(kafka.bootstrap()).isEqualTo(bootstrap);
      assertThat(consume(bootstrap)).containsExactlyInAnyOrderElementsOf(values());
    }
  }

  @Test
  void refusesATakenPort() throws Exception {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName(LoopbackPort.HOST))) {
      assertThatThrownBy(() -> LocalKafka.start(directory, holder.getLocalPort()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("Port %d, wanted for Kafka, is taken", holder.getLocalPort());
    }
  }

  private static int port(String bootstrap) {
    return Integer.parseInt(bootstrap.substring(bootstrap.indexOf(':') + 1));
  }

  private static List<String> values() {
    return IntStream.range(0, RECORDS).mapToObj(i -> "value " + i).toList();
  }

  private static void produce(String bootstrap) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "acks", "all"),
            new StringSerializer(),
            new StringSerializer())) {
      for (String value : values()) {
        producer.send(new ProducerRecord<>("events", value, value));
      }
      producer.flush();
    }
  }

  private static List<String> consume(String bootstrap) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(
          Stream.of(0, 1).map(partition -> new TopicPartition("events", partition)).toList());
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (values.size() < RECORDS && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }

  private static int partitions(LocalKafka kafka, String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get(30, TimeUnit.SECONDS)
          .get(topic)
          .partitions()
          .size();
    }
  }
}
