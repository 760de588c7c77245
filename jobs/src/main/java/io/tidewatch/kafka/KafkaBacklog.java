package io.tidewatch.kafka;

import io.tidewatch.time.Backlog;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what a consumer group has committed with what its topics hold.
 *
 * <p>The question is asked of Kafka in the background and answered from the last reply, so it never
 * blocks a task; while the broker is away the answer is "not drained". Offsets are committed with
 * checkpoints, so the answer turns true one checkpoint after the last record was read.
 */
public final class KafkaBacklog implements Backlog {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaBacklog.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Properties consumerProperties;
  private final List<String> topics;
  private final Duration askEvery;

  private transient volatile boolean drained;
  private transient volatile Instant nextQuestion;
  private transient volatile boolean asking;
  private transient ThreadPoolExecutor background;

  /**
   * @param consumerProperties how to reach Kafka, with {@code group.id} of the source
   */
  public KafkaBacklog(Properties consumerProperties, List<String> topics, Duration askEvery) {
    this.consumerProperties = consumerProperties;
    this.topics = topics;
    this.askEvery = askEvery;
  }

  @Override
  public boolean isDrained() {
    Instant now = Instant.now();
    if (!asking && (nextQuestion == null || !now.isBefore(nextQuestion))) {
      asking = true;
      nextQuestion = now.plus(askEvery);
      background().execute(this::ask);
    }
    return drained;
  }

  /**
   * One daemon thread that ends by itself when nobody asks any more: a task has no way to stop it.
   */
  private synchronized ThreadPoolExecutor background() {
    if (background == null) {
      background =
          new ThreadPoolExecutor(
              1,
              1,
              askEvery.toMillis() * 2,
              TimeUnit.MILLISECONDS,
              new LinkedBlockingQueue<>(),
              task -> {
                Thread thread = new Thread(task, "kafka-backlog-" + topics);
                thread.setDaemon(true);
                return thread;
              });
      background.allowCoreThreadTimeOut(true);
    }
    return background;
  }

  private void ask() {
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(withDefaults())) {
      drained = nothingToRead(consumer);
    } catch (RuntimeException e) {
      drained = false;
      LOG.debug("Backlog of {} unknown: {}", topics, e.toString());
    } finally {
      asking = false;
    }
  }

  private boolean nothingToRead(KafkaConsumer<byte[], byte[]> consumer) {
    Set<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .collect(Collectors.toSet());
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
    Map<TopicPartition, Long> positions = new HashMap<>(consumer.beginningOffsets(partitions));
    committed.forEach(
        (partition, offset) -> {
          if (offset != null) {
            positions.merge(partition, offset.offset(), Math::max);
          }
        });
    consumer
        .endOffsets(partitions)
        .forEach(
            (partition, end) -> {
              if (positions.get(partition) >= end) {
                positions.remove(partition);
              }
            });
    return positions.isEmpty() || holdOnlyTransactionMarkers(consumer, positions);
  }

  /** Markers of transactions take offsets, but no reader ever sees them as records. */
  private static boolean holdOnlyTransactionMarkers(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> positions) {
    consumer.assign(positions.keySet());
    positions.forEach(consumer::seek);
    Map<TopicPartition, Long> ends = consumer.endOffsets(positions.keySet());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (!consumer.poll(Duration.ofMillis(100)).isEmpty()) {
        return false;
      }
      if (positions.keySet().stream().allMatch(p -> consumer.position(p) >= ends.get(p))) {
        return true;
      }
    }
    return false;
  }

  private Properties withDefaults() {
    Properties properties = new Properties();
    properties.putAll(consumerProperties);
    properties.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    properties.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    return properties;
  }
}
