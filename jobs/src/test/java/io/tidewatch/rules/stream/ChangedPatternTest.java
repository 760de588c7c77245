package io.tidewatch.rules.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import io.tidewatch.event.Event;
import io.tidewatch.operator.SmallCluster;
import io.tidewatch.rules.EventPatternRule;
import io.tidewatch.rules.TestRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three failed logins of one user, and an alert that fires for another; then a savepoint. What was
 * half matched goes on if the pattern is the same and is left behind if it has changed; what fires
 * ends in either case.
 */
@Timeout(120)
class ChangedPatternTest {

  @RegisterExtension static final MiniClusterExtension CLUSTER = SmallCluster.ofTwoSlots();

  private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");

  private static final List<Event> EVENTS =
      List.of(
          login("failed", "guessed", 0),
          login("failed", "guessed", 1),
          login("failed", "guessed", 2),
          login("succeeded", "guessed", 3),
          login("failed", "half", 4),
          login("failed", "half", 5),
          login("failed", "half", 6));

  /** Counts down when all events were sent, and when the alert has passed all operators. */
  private static CountDownLatch running;

  @TempDir private Path directory;
  private String savepoint;

  @BeforeEach
  void stopInTheMiddle() throws Exception {
    running = new CountDownLatch(2);
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.setParallelism(1);
    GeneratorFunction<Long, Event> endless =
        index -> {
          if (index < EVENTS.size()) {
            return EVENTS.get(index.intValue());
          }
          if (index == EVENTS.size()) {
            running.countDown();
          }
          return login("retried", "nobody", 6);
        };
    alerts(
            environment
                .fromSource(
                    new DataGeneratorSource<>(
                        endless,
                        Long.MAX_VALUE,
                        RateLimiterStrategy.perSecond(100),
                        TypeInformation.of(Event.class)),
                    WatermarkStrategy.noWatermarks(),
                    "endless")
                .uid("endless"),
            rule(3))
        .map(
            alert -> {
              running.countDown();
              return alert;
            })
        .returns(TypeInformation.of(Alert.class))
        .sinkTo(new DiscardingSink<>());
    JobClient job = environment.executeAsync();
    running.await();
    savepoint =
        job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
            .get();
  }

  @Test
  void thePatternThatWasGoesOnWhereItStood() throws Exception {
    assertThat(alertsAfter(rule(3)))
        .contains("user_id=half FIRING", "user_id=guessed RESOLVED")
        .doesNotContain("user_id=guessed FIRING");
  }

  @Test
  void aChangedPatternBeginsAnew() throws Exception {
    assertThat(alertsAfter(rule(2)))
        .contains("user_id=guessed RESOLVED")
        .noneMatch(alert -> alert.startsWith("user_id=half"));
  }

  /** The alerts of a login that succeeds, and of the hours after it. */
  private List<String> alertsAfter(EventPatternRule rule) throws Exception {
    Configuration restored = new Configuration();
    restored.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    restored.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(restored);
    environment.setParallelism(1);
    DataStream<Event> events =
        environment.fromData(
            List.of(login("succeeded", "half", 7)), TypeInformation.of(Event.class));
    List<String> told = new ArrayList<>();
    try (CloseableIterator<Alert> alerts = alerts(events, rule).executeAndCollect()) {
      alerts.forEachRemaining(alert -> told.add(alert.series() + ' ' + alert.status()));
    }
    return told;
  }

  private static DataStream<Alert> alerts(DataStream<Event> events, EventPatternRule rule) {
    return EventPatternsStage.apply(
        events.assignTimestampsAndWatermarks(
            WatermarkStrategy.<Event>forGenerator(context -> new AfterEach())
                .withTimestampAssigner((event, before) -> event.time().toEpochMilli())),
        List.of(rule),
        TestRules.unchanged(events.getExecutionEnvironment(), List.of(rule)),
        ZoneOffset.UTC);
  }

  /** So that nothing depends on when watermarks are made. */
  private static final class AfterEach implements WatermarkGenerator<Event> {

    @Override
    public void onEvent(Event event, long timestamp, WatermarkOutput output) {
      output.emitWatermark(new Watermark(timestamp - 1));
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }

  private static EventPatternRule rule(int failures) {
    return TestRules.rule(
        EventPatternRule.class, "pattern: brute-force", "parameters: {failures: " + failures + "}");
  }

  private static Event login(String end, String user, int minute) {
    Instant time = TEN.plus(Duration.ofMinutes(minute));
    return new Event(
        "test",
        end + user + minute,
        "auth." + end,
        time,
        time,
        null,
        user,
        null,
        null,
        null,
        null,
        Map.of(),
        false,
        Event.NEVER_LATE);
  }
}
