package io.tidewatch.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.job.Stage;
import io.tidewatch.job.TidewatchJob;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.kafka.Marks;
import io.tidewatch.local.flink.FlinkRest;
import io.tidewatch.local.flink.LocalFlink;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A replay in the test's own hands: what it reads, when event time moves, when the job stops. */
final class SteeredReplay implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final LiveStack live;
  private final LocalFlink flink;
  private final TopicPartition partition;
  private final KafkaProducer<byte[], byte[]> producer;
  private final long begin;
  private JobID job;

  SteeredReplay(LiveStack live) {
    this.live = live;
    this.flink = live.stack().flink();
    this.partition = new TopicPartition(live.replaySource().source().topics().get(0), 0);
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", live.kafka()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.begin = send(Marks.mark(partition.topic(), partition.partition(), Instant.EPOCH)) + 1;
  }

  /** Starts the job, from what comes next or from where a savepoint was taken. */
  void start(TidewatchSettings settings, Optional<Path> savepoint) {
    TidewatchJob definition = new TidewatchJob(settings, EnumSet.allOf(Stage.class));
    job =
        flink.submit(
            "steered replay",
            environment ->
                definition.defineReplay(
                    environment,
                    live.replaySource(),
                    partition,
                    OffsetsInitializer.offsets(Map.of(partition, begin))),
            savepoint);
  }

  void send(List<String> events) {
    events.forEach(
        event ->
            producer.send(
                new ProducerRecord<>(
                    partition.topic(), partition.partition(), null, event.getBytes(UTF_8))));
    producer.flush();
  }

  /** Moves event time on and waits until every operator has got there. */
  void advanceTo(Instant time) {
    send(Marks.mark(partition.topic(), partition.partition(), time));
    FlinkRest rest = new FlinkRest(flink.url());
    Patience.await(
        "event time has come to " + time,
        PATIENCE,
        () -> rest.lowestWatermark(job.toString()) >= time.toEpochMilli());
  }

  /** Stops the job and gives the savepoint. */
  Path stop() {
    return flink.stop(job);
  }

  @Override
  public void close() {
    producer.close();
  }

  private long send(ProducerRecord<byte[], byte[]> record) {
    try {
      return producer.send(record).get().offset();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
