package io.tidewatch.local.replay;

import io.tidewatch.ingest.RawRecord;
import io.tidewatch.ingest.RecordReader;
import io.tidewatch.ingest.SourceSetup;
import io.tidewatch.job.Stage;
import io.tidewatch.job.TidewatchJob;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.kafka.CommittedRecords;
import io.tidewatch.kafka.Marks;
import io.tidewatch.local.UserException;
import io.tidewatch.local.flink.FlinkRest;
import io.tidewatch.local.flink.LocalFlink;
import io.tidewatch.metrics.WindowCalendar;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends recorded events through everything, as if they happened now, and waits until all that
 * follows from them is written.
 *
 * <p>The records go to one partition of the topic for replays, so their order holds. Event time
 * comes from the recording alone and ends with a mark at the first local midnight after the last
 * event plus the allowed lateness: all windows are closed then, and none to what would be late.
 */
public final class Replay {

  private static final String METRIC_WINDOWS = "metric-windows";
  private static final Duration MARK_EVERY = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final long SAY_EVERY = 50_000;

  private final TidewatchSettings settings;
  private final SourceSetup source;
  private final LocalFlink flink;
  private final PrintStream progress;
  private final AtomicReference<JobID> job = new AtomicReference<>();

  public Replay(
      TidewatchSettings settings, SourceSetup source, LocalFlink flink, PrintStream progress) {
    this.settings = settings;
    this.source = source;
    this.flink = flink;
    this.progress = progress;
  }

  /**
   * @param sent how many records there were
   * @param end event time at the end
   */
  public record Outcome(long sent, Instant end, RecordCounts counts) {
    public boolean isComplete() {
      return counts.accountFor(sent);
    }
  }

  /**
   * Replays the files.
   *
   * @param until where event time ends; empty for the first local midnight after the last event
   *     plus the allowed lateness
   */
  public Outcome run(List<String> files, Optional<Instant> until) {
    Recording recording = new Recording(files);
    TopicPartition partition = new TopicPartition(replayTopic(), 0);
    Map<TopicPartition, Long> outputBegin = endOffsets(METRIC_WINDOWS);
    long begin = endOffsets(partition.topic()).get(partition);
    TidewatchJob definition = new TidewatchJob(settings, EnumSet.allOf(Stage.class));
    job.set(
        flink.submit(
            "tidewatch replay",
            environment ->
                definition.defineReplay(
                    environment,
                    source,
                    partition,
                    OffsetsInitializer.offsets(Map.of(partition, begin))),
            Optional.empty()));
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      Sent sent = send(recording, partition, producer);
      Instant end = until.orElseGet(() -> endAfter(sent.lastEvent));
      progress.printf("%,d records sent; event time ends at %s%n", sent.records, end);
      awaitEnd(producer, partition, end);
      Path savepoint = flink.stop(job.get());
      progress.println("all windows closed and written");
      SavepointFiles.delete(savepoint);
      return new Outcome(sent.records, end, counts(outputBegin));
    }
  }

  /** Not the source's own topic, which the live job reads. */
  private String replayTopic() {
    return settings.sources().replay().source().topics().get(0);
  }

  /** The job while it runs. */
  public JobID job() {
    return job.get();
  }

  private static final class Sent {
    private long records;
    private Instant lastEvent;
    private final AtomicReference<UserException> refusal = new AtomicReference<>();

    private void note(long number, Exception failure) {
      if (failure != null) {
        refusal.compareAndSet(
            null,
            new UserException(
                "Kafka refused record %d: %s".formatted(number, failure.getMessage()), failure));
      }
    }

    private void throwIfRefused() {
      if (refusal.get() != null) {
        throw refusal.get();
      }
    }
  }

  private Sent send(
      Recording recording, TopicPartition partition, KafkaProducer<byte[], byte[]> producer) {
    RecordReader reader = new RecordReader(source.source(), settings.sources().ingest());
    Sent sent = new Sent();
    recording.forEach(
        value -> {
          long number = sent.records + 1;
          producer.send(
              new ProducerRecord<>(partition.topic(), partition.partition(), null, value),
              (metadata, failure) -> sent.note(number, failure));
          RawRecord raw =
              new RawRecord(
                  source.name(), partition.topic(), 0, sent.records, Instant.now(), value);
          reader
              .read(raw)
              .events()
              .forEach(
                  event -> {
                    if (sent.lastEvent == null || event.time().isAfter(sent.lastEvent)) {
                      sent.lastEvent = event.time();
                    }
                  });
          sent.records++;
          if (sent.records % SAY_EVERY == 0) {
            progress.printf("%,d records sent%n", sent.records);
          }
        });
    producer.flush();
    sent.throwIfRefused();
    return sent;
  }

  private Instant endAfter(Instant lastEvent) {
    Instant last = lastEvent == null ? Instant.now() : lastEvent;
    long midnight =
        new WindowCalendar(settings.reporting().zone()).day(last.toEpochMilli()).endMillis();
    return Instant.ofEpochMilli(midnight).plus(settings.sources().allowedLateness());
  }

  /**
   * Marks the end until every operator has got there. Watermarks are no part of a checkpoint, so
   * after a failure the mark is sent again.
   */
  private void awaitEnd(
      KafkaProducer<byte[], byte[]> producer, TopicPartition partition, Instant end) {
    FlinkRest rest = new FlinkRest(flink.url());
    Instant nextMark = Instant.MIN;
    while (true) {
      JobStatus status = flink.status(job.get());
      if (status.isGloballyTerminalState()) {
        throw new UserException(
            "The job ended as %s before the recording did; see the log.".formatted(status));
      }
      if (!Instant.now().isBefore(nextMark)) {
        producer.send(Marks.mark(partition.topic(), partition.partition(), end));
        producer.flush();
        nextMark = Instant.now().plus(MARK_EVERY);
      }
      if (status == JobStatus.RUNNING && hasReached(end, rest)) {
        return;
      }
      pause();
    }
  }

  private boolean hasReached(Instant end, FlinkRest rest) {
    try {
      return rest.lowestWatermark(job.get().toString()) >= end.toEpochMilli();
    } catch (IOException e) {
      return false;
    }
  }

  private RecordCounts counts(Map<TopicPartition, Long> begin) {
    DailyCounts counts = new DailyCounts(source.name());
    try (KafkaConsumer<byte[], byte[]> consumer =
        CommittedRecords.consumer(settings.kafka().properties())) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(begin.keySet());
      consumer.assign(begin.keySet());
      begin.forEach(consumer::seek);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(LOOK_EVERY).forEach(record -> counts.accept(record.key(), record.value()));
      }
    }
    return counts.total();
  }

  private Map<TopicPartition, Long> endOffsets(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        CommittedRecords.consumer(settings.kafka().properties())) {
      return consumer.endOffsets(CommittedRecords.partitions(consumer, topic));
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> properties = new HashMap<>(settings.kafka().properties());
    properties.remove("group.id");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 << 20);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_EVERY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("Interrupted before the end of the recording.", e);
    }
  }
}
