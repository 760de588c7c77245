package io.tidewatch.kafka;

import io.tidewatch.currency.FxRate;
import io.tidewatch.currency.FxRateMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The exchange rates that the topic holds already. A job that begins knows them before its first
 * event, which its own reading of the topic, beside the events, could not promise.
 */
public final class PublishedRates {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(200);

  private PublishedRates() {}

  /**
   * @param kafka client properties, with {@code bootstrap.servers}
   * @throws IllegalStateException if Kafka does not give all of them within a minute
   */
  public static List<FxRate> read(Map<String, String> kafka, String quoteCurrency) {
    List<FxRate> rates = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(KafkaSources.FX_RATES, PATIENCE).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
      Instant deadline = Instant.now().plus(PATIENCE);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        if (Instant.now().isAfter(deadline)) {
          throw new IllegalStateException(
              "Kafka does not give the rates of the topic " + KafkaSources.FX_RATES);
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          add(record, quoteCurrency, rates);
        }
      }
    }
    return rates;
  }

  /** What is no rate becomes a dead letter where the job reads it. */
  private static void add(
      ConsumerRecord<byte[], byte[]> record, String quoteCurrency, List<FxRate> rates) {
    try {
      rates.add(FxRateMessage.read(record.value(), record.offset(), quoteCurrency));
    } catch (IllegalArgumentException e) {
      return;
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Map<String, String> kafka) {
    Properties properties = new Properties();
    properties.putAll(kafka);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
