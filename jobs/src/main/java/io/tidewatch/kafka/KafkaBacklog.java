package io.tidewatch.kafka;

import io.tidewatch.time.Backlog;
import io.tidewatch.time.Position;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares how far partitions have been read with what they hold.
 *
 * <p>A clock that has had no record yet can't say which partition it is of. It counts as drained
 * when no partition that was never seen here still holds what lay there at the beginning and the
 * consumer group has not committed: so a partition whose backlog takes long to come is not taken
 * for a silent one, and one that another subtask keeps busy holds nobody back for long.
 *
 * <p>Kafka is asked in the background, and only an answer that is fresh and about the very position
 * counts; so it never blocks a task, and while the broker is away nothing is drained.
 */
public final class KafkaBacklog implements Backlog {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaBacklog.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int FRESH_FOR_QUESTIONS = 3;

  private final Properties consumerProperties;
  private final List<String> topics;
  private final Duration askEvery;
  private final Clock clock;

  private transient Map<String, Long> positions;
  private transient Map<TopicPartition, Long> endsAtBeginning;
  private transient volatile Answer answer;
  private transient volatile boolean asking;

  /** When the next question is due. */
  private transient Instant notBefore;

  /** The instants at which it was asked. */
  private transient BlockingQueue<Instant> questions;

  private transient Thread inquirer;

  /**
   * @param consumerProperties how to reach Kafka
   * @param clock by which it is asked again and answers get old; serializable
   */
  public KafkaBacklog(
      Properties consumerProperties, List<String> topics, Duration askEvery, Clock clock) {
    this.consumerProperties = consumerProperties;
    this.topics = topics;
    this.askEvery = askEvery;
    this.clock = clock;
  }

  /**
   * @param drainedAt by partition, the position at which nothing was left to read
   * @param othersDrained whether partitions never seen here have been read as far as they went at
   *     the beginning
   */
  private record Answer(Instant at, Map<String, Long> drainedAt, boolean othersDrained) {}

  static String nameOf(String topic, int partition) {
    return topic + '-' + partition;
  }

  @Override
  public synchronized boolean isDrained(Position position) {
    Instant now = clock.instant();
    if (positions == null) {
      positions = new ConcurrentHashMap<>();
      endsAtBeginning = new ConcurrentHashMap<>();
      questions = new ArrayBlockingQueue<>(1);
    }
    if (position != null) {
      positions.put(position.partition(), position.next());
    }
    if (!asking && (notBefore == null || !now.isBefore(notBefore))) {
      asking = true;
      notBefore = now.plus(askEvery);
      ask(now);
    }
    Answer last = answer;
    if (last == null || last.at().isBefore(now.minus(askEvery.multipliedBy(FRESH_FOR_QUESTIONS)))) {
      return false;
    }
    return position == null
        ? last.othersDrained()
        : Long.valueOf(position.next()).equals(last.drainedAt().get(position.partition()));
  }

  private void ask(Instant at) {
    questions.offer(at);
    if (inquirer == null || !inquirer.isAlive()) {
      inquirer = new Thread(this::answerQuestions, "kafka-backlog-" + topics);
      inquirer.setDaemon(true);
      inquirer.start();
    }
  }

  /** Ends by itself when nobody asks any more: a task has no way to stop it. */
  private void answerQuestions() {
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(withDefaults())) {
      Instant at = nextQuestion();
      while (at != null) {
        answer = answer(at, consumer);
        asking = false;
        at = nextQuestion();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      answer = null;
      LOG.debug("Backlog of {} unknown: {}", topics, e.toString());
    } finally {
      asking = false;
    }
  }

  /** Null if none came for as long as two would have taken. */
  private Instant nextQuestion() throws InterruptedException {
    return questions.poll(2 * askEvery.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Answer answer(Instant at, KafkaConsumer<byte[], byte[]> consumer) {
    Map<String, Long> asked = Map.copyOf(positions);
    Map<TopicPartition, Long> ends =
        consumer.endOffsets(
            topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
    Map<String, Long> drained = new HashMap<>();
    Set<TopicPartition> others = new HashSet<>();
    ends.forEach(
        (partition, end) -> {
          String name = nameOf(partition.topic(), partition.partition());
          Long position = asked.get(name);
          if (position == null) {
            others.add(partition);
          } else if (isRead(consumer, partition, position, end)) {
            drained.put(name, position);
          }
          endsAtBeginning.putIfAbsent(partition, end);
        });
    return new Answer(at, drained, areRead(consumer, others));
  }

  private boolean areRead(KafkaConsumer<byte[], byte[]> consumer, Set<TopicPartition> partitions) {
    Map<TopicPartition, Long> from = new HashMap<>(consumer.beginningOffsets(partitions));
    if (consumerProperties.containsKey(ConsumerConfig.GROUP_ID_CONFIG)) {
      consumer
          .committed(partitions)
          .forEach(
              (partition, committed) -> {
                if (committed != null) {
                  from.merge(partition, committed.offset(), Math::max);
                }
              });
    }
    return partitions.stream()
        .allMatch(
            partition ->
                isRead(consumer, partition, from.get(partition), endsAtBeginning.get(partition)));
  }

  private static boolean isRead(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long position, long end) {
    return position >= end || holdsMarkersOnly(consumer, partition, position, end);
  }

  /** Markers of transactions take offsets, but no reader ever sees them as records. */
  private static boolean holdsMarkersOnly(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long from, long end) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (!consumer.poll(Duration.ofMillis(100)).isEmpty()) {
        return false;
      }
      if (consumer.position(partition) >= end) {
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
