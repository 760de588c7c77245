package io.tidewatch.bench.state;

import io.tidewatch.customers.HealthSettings;
import io.tidewatch.customers.stream.CustomersStage;
import io.tidewatch.event.Event;
import io.tidewatch.local.flink.LocalFlink;
import io.tidewatch.models.Models;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Lives of customers through the stage that keeps them, as in the job, and the state they leave.
 */
final class StateRun {

  private static final Duration TIME_TO_LIVE = Duration.ofDays(400);

  /** When all customers have been scored for the day before. */
  private static final Duration AFTER_MIDNIGHT = Duration.ofMinutes(10);

  private static final long LOOK_EVERY_MILLIS = 100;

  /** Events that the stage was given; sources of a job and this command share a JVM. */
  private static final AtomicLong GIVEN = new AtomicLong();

  private StateRun() {}

  /**
   * @param stateBytes keys, values and timers of all customers, written out one by one
   */
  record Result(CustomerLives lives, Duration took, long stateBytes) {

    long bytesPerCustomer() {
      return stateBytes / lives.customers();
    }

    double eventsPerSecond() {
      return lives.events() * 1000.0 / took.toMillis();
    }
  }

  static Result measure(Path conf, Path directory, CustomerLives lives) throws Exception {
    GIVEN.set(0);
    try (LocalFlink flink = LocalFlink.start(conf.resolve("local"), directory, 0)) {
      long begin = System.nanoTime();
      JobID job =
          flink.submit("state", environment -> define(environment, lives), Optional.empty());
      while (GIVEN.get() < lives.events()) {
        if (flink.status(job).isGloballyTerminalState()) {
          throw new IllegalStateException("the job ended after " + GIVEN.get() + " events");
        }
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
      // the barrier of the savepoint follows all events, and comes when they have been applied
      String savepoint =
          flink
              .cluster()
              .stopWithSavepoint(
                  job,
                  directory.resolve("savepoints").toUri().toString(),
                  false,
                  SavepointFormatType.CANONICAL)
              .get();
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      return new Result(lives, took, bytes(Path.of(URI.create(savepoint))));
    }
  }

  private static void define(StreamExecutionEnvironment environment, CustomerLives lives) {
    environment.setParallelism(2);
    environment.configure(
        new Configuration()
            .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofDays(1))
            .set(RestartStrategyOptions.RESTART_STRATEGY, "none")
            .set(PipelineOptions.MAX_PARALLELISM, 128));
    CustomersStage.Outputs outputs =
        CustomersStage.apply(
            events(environment, lives),
            environment.fromData(
                Models.shippedDocuments(), PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO),
            new CustomersStage.Settings(HealthSettings.DEFAULT, ZoneOffset.UTC, TIME_TO_LIVE));
    outputs.health().sinkTo(new DiscardingSink<>());
    outputs.customers().sinkTo(new DiscardingSink<>());
    outputs.transitions().sinkTo(new DiscardingSink<>());
    outputs.derived().sinkTo(new DiscardingSink<>());
  }

  /** All events, and then none and no end, so that state stays as it is. */
  private static DataStream<Event> events(
      StreamExecutionEnvironment environment, CustomerLives lives) {
    GeneratorFunction<Long, Long> number = n -> n;
    return environment
        .fromSource(
            new DataGeneratorSource<>(
                number,
                lives.events() + 1,
                RateLimiterStrategy.perCheckpoint(Math.toIntExact(lives.events())),
                Types.LONG),
            WatermarkStrategy.forGenerator(context -> new Progress(lives)),
            "events")
        .setParallelism(1)
        .uid("events")
        .map(
            n -> {
              GIVEN.incrementAndGet();
              return lives.event(n);
            })
        .returns(TypeInformation.of(Event.class))
        .setParallelism(1)
        .uid("lives");
  }

  private static long bytes(Path savepoint) throws IOException {
    try (Stream<Path> files = Files.walk(savepoint)) {
      return files.filter(Files::isRegularFile).mapToLong(StateRun::size).sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Watermarks behind every thousandth event, and at the end past the last midnight. */
  private record Progress(CustomerLives lives) implements WatermarkGenerator<Long> {

    private static final int EACH = 1_000;

    @Override
    public void onEvent(Long n, long timestamp, WatermarkOutput output) {
      if (n == lives.events() - 1) {
        output.emitWatermark(new Watermark(lives.end().plus(AFTER_MIDNIGHT).toEpochMilli()));
      } else if (n % EACH == 0) {
        output.emitWatermark(new Watermark(lives.time(n).toEpochMilli() - 1));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }
}
