package io.tidewatch.local.demo;

import io.tidewatch.kafka.CommittedRecords;
import io.tidewatch.local.UserException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads the topic {@code alerts} as it is written, in a thread of its own. */
final class AlertReader implements AutoCloseable {

  static final String TOPIC = "alerts";
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Clock clock;
  private final List<AlertMessage> messages = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final Thread thread = new Thread(this::read, "alerts");
  private volatile boolean closed;
  private volatile RuntimeException failure;

  /**
   * @param kafka client properties
   */
  AlertReader(Map<String, String> kafka, Clock clock) {
    this.clock = clock;
    consumer = CommittedRecords.consumer(kafka);
    List<TopicPartition> partitions = CommittedRecords.partitions(consumer, TOPIC);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread.setDaemon(true);
    thread.start();
  }

  /** All so far, in the order they came; one that was sent again after a failure is left out. */
  synchronized List<AlertMessage> messages() {
    return List.copyOf(messages);
  }

  /**
   * @throws UserException if alerts are read no longer
   */
  void failIfStopped() {
    RuntimeException cause = failure;
    if (cause != null) {
      throw new UserException("Alerts can no longer be read: " + cause.getMessage(), cause);
    }
  }

  private void read() {
    try (consumer) {
      while (!closed) {
        consumer
            .poll(POLL)
            .forEach(record -> add(AlertMessage.parse(record.value(), clock.instant())));
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private synchronized void add(AlertMessage message) {
    if (seen.add(message.id() + message.firing())) {
      messages.add(message);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
