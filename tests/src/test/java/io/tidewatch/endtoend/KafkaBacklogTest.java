package io.tidewatch.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.kafka.KafkaBacklog;
import io.tidewatch.local.kafka.KafkaTopics;
import io.tidewatch.local.kafka.LocalKafka;
import io.tidewatch.time.Position;
import io.tidewatch.time.SetClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partition's backlog is its own: what the others hold or lack says nothing about it. */
class KafkaBacklogTest {

  private static final String TOPIC = "visits";
  private static final Duration ASK_EVERY = Duration.ofMillis(100);
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path directory;

  @Test
  void judgesEachPartitionByItself() {
    KafkaBacklog backlog;
    Position silent = new Position(TOPIC + "-1", 3);
    try (LocalKafka kafka = LocalKafka.start(directory, 0)) {
      KafkaTopics.createMissing(kafka.bootstrap(), List.of(new NewTopic(TOPIC, 2, (short) 1)));
      send(kafka, 0, 5, null);
      send(kafka, 1, 3, null);
      Properties properties = new Properties();
      properties.put("bootstrap.servers", kafka.bootstrap());
      backlog = new KafkaBacklog(properties, List.of(TOPIC), ASK_EVERY, CLOCK);

      Position busy = new Position(TOPIC + "-0", 2);
      assertThat(backlog.isDrained(busy)).isFalse();
      Patience.await("the silent one is drained", PATIENCE, () -> backlog.isDrained(silent));
      assertThat(backlog.isDrained(busy)).isFalse();
      Patience.await("one without records is", PATIENCE, () -> backlog.isDrained(null));
      Position read = new Position(TOPIC + "-0", 5);
      Patience.await("the busy one is once read", PATIENCE, () -> backlog.isDrained(read));

      // The record has offset 3, the marker that commits it offset 4.
      send(kafka, 1, 1, "a-transaction");
      Patience.await("there is more to read", PATIENCE, () -> !backlog.isDrained(silent));
      Position committed = new Position(TOPIC + "-1", 4);
      Patience.await("a marker is no record", PATIENCE, () -> backlog.isDrained(committed));
    }
    Patience.await("nothing is known", PATIENCE, () -> !backlog.isDrained(silent));
  }

  @Test
  void aPartitionWhoseBacklogHasNotComeIsNotSilent() {
    try (LocalKafka kafka = LocalKafka.start(directory, 0)) {
      KafkaTopics.createMissing(kafka.bootstrap(), List.of(new NewTopic(TOPIC, 2, (short) 1)));
      send(kafka, 0, 5, null);
      Properties properties = new Properties();
      properties.put("bootstrap.servers", kafka.bootstrap());
      properties.put("group.id", "readers");
      KafkaBacklog backlog = new KafkaBacklog(properties, List.of(TOPIC), ASK_EVERY, CLOCK);

      Position read = new Position(TOPIC + "-0", 5);
      assertThat(backlog.isDrained(null)).isFalse();
      commit(properties, 0, 4);
      // the answer that knows of the position comes after several that do not
      Patience.await("the one read is drained", PATIENCE, () -> backlog.isDrained(read));
      Patience.await("and so all are", PATIENCE, () -> backlog.isDrained(null));

      KafkaBacklog elsewhere = new KafkaBacklog(properties, List.of(TOPIC), ASK_EVERY, CLOCK);
      Position empty = new Position(TOPIC + "-1", 0);
      Patience.await("the empty one is drained", PATIENCE, () -> elsewhere.isDrained(empty));
      assertThat(elsewhere.isDrained(null)).as("one record is not committed").isFalse();
      commit(properties, 0, 5);
      send(kafka, 0, 3, null);
      Patience.await("what came since is no backlog", PATIENCE, () -> elsewhere.isDrained(null));
    }
  }

  @Test
  void anAnswerGetsOldByTheClockItWasGiven() {
    Position read = new Position(TOPIC + "-0", 5);
    SetClock clock = new SetClock("2026-03-01T12:00:00Z");
    KafkaBacklog backlog;
    try (LocalKafka kafka = LocalKafka.start(directory, 0)) {
      KafkaTopics.createMissing(kafka.bootstrap(), List.of(new NewTopic(TOPIC, 1, (short) 1)));
      send(kafka, 0, 5, null);
      Properties properties = new Properties();
      properties.put("bootstrap.servers", kafka.bootstrap());
      backlog = new KafkaBacklog(properties, List.of(TOPIC), ASK_EVERY, clock);
      Patience.await(
          "it is drained",
          PATIENCE,
          () -> {
            clock.passes(ASK_EVERY);
            return backlog.isDrained(read);
          });
    }
    assertThat(backlog.isDrained(read)).as("no time has passed").isTrue();
    clock.passes(ASK_EVERY.multipliedBy(4));
    assertThat(backlog.isDrained(read)).as("the answer is old").isFalse();
  }

  private static void commit(Properties group, int partition, long offset) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(group, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.commitSync(
          Map.of(new TopicPartition(TOPIC, partition), new OffsetAndMetadata(offset)));
    }
  }

  private static void send(LocalKafka kafka, int partition, int records, String transaction) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", kafka.bootstrap());
    if (transaction != null) {
      properties.put("transactional.id", transaction);
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      if (transaction != null) {
        producer.initTransactions();
        producer.beginTransaction();
      }
      for (int record = 0; record < records; record++) {
        producer.send(new ProducerRecord<>(TOPIC, partition, null, new byte[] {'{', '}'}));
      }
      if (transaction != null) {
        producer.commitTransaction();
      }
    }
  }
}
