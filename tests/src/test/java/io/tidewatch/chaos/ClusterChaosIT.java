package io.tidewatch.chaos;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.endtoend.ConfigurationCopy;
import io.tidewatch.endtoend.OutputTopic;
import io.tidewatch.endtoend.Patience;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.DataDirectory;
import io.tidewatch.local.stack.LocalStack;
import io.tidewatch.local.status.SourceLag;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A job on a cluster of real processes, two of whose parts and ClickHouse are killed at random
 * moments under traffic, and which is stopped with a savepoint and restored at another parallelism,
 * says the same in the end as one that nothing happens to.
 *
 * <p>{@code -Dchaos.minutes=15} makes it longer, {@code -Dchaos.seed=7} different.
 */
class ClusterChaosIT {

  private static final long SEED = Long.getLong("chaos.seed", 2026);
  private static final Duration LENGTH = Duration.ofMinutes(Long.getLong("chaos.minutes", 1));

  /**
   * The job has this long to start. When the day ends is fixed before, so that the traffic lasts
   * longer where it takes less, and shorter where it takes more.
   */
  private static final Duration STARTING = Duration.ofMinutes(1);

  /** After the last event there is some time for what has to be done then. */
  private static final Duration AFTER = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** What was killed runs again when the next is killed, but the job may not yet. */
  private static final int MILLIS_BETWEEN_KILLS = 4_000;

  /** From 2 to 1 for even seeds, from 1 to 2 for odd ones. */
  private static final int PARALLELISM = SEED % 2 == 0 ? 2 : 1;

  private static final int RESCALED_TO = 3 - PARALLELISM;

  private static final List<String> VICTIMS =
      List.of("taskmanager-1", "clickhouse", "jobmanager", "taskmanager-2");

  /** After midnight customers are scored, and then the metrics of their scores settle. */
  private static final Duration SCORED = Duration.ofSeconds(10);

  private static final Duration SETTLED = Duration.ofSeconds(20);

  /** Stays, with the logs of all processes. */
  private final Path directory =
      Path.of(System.getProperty("tidewatch.home"), "tests", "target", "chaos");

  private final Random random = new Random(SEED);
  private final List<String> victims = new ArrayList<>(VICTIMS);

  @BeforeEach
  void forgetTheLastRun() throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  @Test
  void killsAndARescalingChangeNoRow() throws Exception {
    try (LocalStack services = services("disturbed", Map.of());
        LocalStack others = services("undisturbed", Map.of("KAFKA_BOOTSTRAP", kafka(services)));
        FlinkCluster cluster = new FlinkCluster(directory.resolve("cluster"))) {
      cluster.start(
          "--taskmanagers",
          "2",
          "--port",
          "0",
          "-D",
          "restart-strategy.exponential-delay.max-backoff=5s",
          "-D",
          "execution.checkpointing.interval=5s");

      // The day ends with the traffic, so that each window of it becomes final.
      Instant told = Instant.now();
      Instant midnight = told.plus(STARTING).plus(LENGTH).plus(AFTER).truncatedTo(SECONDS);

      Run disturbed = new Run(services, cluster, "disturbed", midnight);
      disturbed.submit(PARALLELISM);
      try (Sender sender = new Sender(kafka(services))) {
        List<Traffic.Sent> profiles = Traffic.profiles(told);
        sender.send(profiles.iterator());
        disturbed.awaitFacts(profiles.size());
        cluster.awaitCheckpoint(disturbed.job);
        // Silent sources follow the clock: what happened while the job started would be late.
        Instant begin = Instant.now();
        assertThat(begin)
            .as("the job started before its traffic had to end")
            .isBefore(midnight.minus(AFTER));
        Traffic traffic = new Traffic(SEED, begin, Duration.between(begin, midnight.minus(AFTER)));
        CompletableFuture<Void> sending =
            CompletableFuture.runAsync(() -> sender.send(traffic.events()));
        disturb(disturbed, services, cluster, sending);
        sending.get();
        disturbed.awaitFinal(sender.sent());
        disturbed.stop();

        Run undisturbed = new Run(others, cluster, "undisturbed", midnight);
        undisturbed.submit(1);
        undisturbed.awaitFinal(sender.sent());
        undisturbed.stop();
        assertSame(undisturbed, disturbed);
      }
    }
  }

  /**
   * Until the traffic is over, and at least once each under it: kills at random moments; and
   * another parallelism when each has been killed once.
   */
  private void disturb(
      Run run, LocalStack services, FlinkCluster cluster, CompletableFuture<Void> traffic)
      throws Exception {
    for (int kills = 0; kills < VICTIMS.size() || !traffic.isDone(); kills++) {
      if (kills % VICTIMS.size() == 0) {
        Collections.shuffle(victims, random);
      }
      awaitMoment(random.nextInt(MILLIS_BETWEEN_KILLS));
      String victim = victims.get(kills % VICTIMS.size());
      if (traffic.isCompletedExceptionally()) {
        traffic.get();
      }
      assertThat(traffic.isDone() && kills < VICTIMS.size())
          .as("the traffic was over before %s was killed", victim)
          .isFalse();
      say("kill " + victim);
      if (victim.equals("clickhouse")) {
        services.engine().kill();
        awaitMoment(random.nextInt(MILLIS_BETWEEN_KILLS));
        services.engine().start();
      } else {
        cluster.kill(victim);
        cluster.start();
      }
      if (kills == VICTIMS.size() - 1) {
        run.rescale(RESCALED_TO);
      }
    }
  }

  private static void awaitMoment(int millis) {
    Instant moment = Instant.now().plusMillis(millis);
    Patience.await("the next moment", PATIENCE, () -> !Instant.now().isBefore(moment));
  }

  private void assertSame(Run expected, Run actual) throws IOException {
    Views.Outcome views =
        new Views(expected.clickHouse, actual.clickHouse, actual.midnight, directory).compare();
    say(views.rows().toString());
    assertThat(views.differences()).isEmpty();
    assertThat(views.rows().get("v_metric_windows")).isGreaterThan(1_000);
    assertThat(views.rows().get("v_alerts")).isPositive();
    assertThat(views.rows().get("v_dead_letters")).isPositive();
    assertThat(views.rows().get("v_data_quality")).isPositive();
    assertThat(views.rows().get("v_mrr_movements")).isGreaterThan(1_000);
    assertThat(views.rows().get("v_customer_transitions")).isPositive();
    assertThat(views.rows().get("v_late_events")).isZero();

    Map<String, Integer> events = expected.events();
    actual.events().forEach((event, times) -> events.merge(event, -times, Integer::sum));
    events.values().removeIf(times -> times == 0);
    assertThat(events.entrySet().stream().limit(5)).as("topic events").isEmpty();
    assertThat(actual.windows()).as("topic metric-windows").isEqualTo(expected.windows());
  }

  private static String kafka(LocalStack services) {
    return services.settings().kafka().bootstrap();
  }

  private LocalStack services(String name, Map<String, String> environment) {
    return LocalStack.startWithoutFlink(
        DataDirectory.at(directory.resolve(name)),
        Path.of(System.getProperty("tidewatch.home"), "flink-conf"),
        LocalStack.Ports.FREE,
        environment,
        new PrintStream(OutputStream.nullOutputStream()));
  }

  private static void say(String what) {
    System.out.println(Instant.now() + " " + what);
  }

  /** One job with its consumer group and its ClickHouse. */
  private final class Run {

    private final FlinkCluster cluster;
    private final Map<String, String> environment;
    private final Path configuration;
    private final ClickHouseClient clickHouse;
    private final Instant midnight;
    private final OutputTopic events;
    private final OutputTopic windows;
    private final Map<TopicPartition, Long> eventsBegin;
    private final Map<TopicPartition, Long> windowsBegin;
    private Map<TopicPartition, Long> eventsEnd;
    private Map<TopicPartition, Long> windowsEnd;
    private String job;

    private Run(LocalStack services, FlinkCluster cluster, String name, Instant midnight)
        throws IOException {
      this.cluster = cluster;
      this.midnight = midnight;
      this.environment =
          Map.of(
              "KAFKA_BOOTSTRAP", kafka(services),
              "CLICKHOUSE_URL", services.settings().clickHouse().endpoint().url().toString(),
              "TIDEWATCH_PSEUDONYM_KEY", "a key for tests");
      this.configuration = configure(name);
      this.clickHouse = new ClickHouseClient(services.settings().clickHouse().endpoint());
      this.events = new OutputTopic(kafka(services), "events");
      this.windows = new OutputTopic(kafka(services), "metric-windows");
      this.eventsBegin = events.end();
      this.windowsBegin = windows.end();
    }

    /**
     * The shipped configuration, but for the time zone, the consumer group and a quick midnight.
     */
    private Path configure(String name) throws IOException {
      int behind = LocalTime.ofInstant(midnight, ZoneOffset.UTC).toSecondOfDay();
      int offset = behind <= 12 * 3600 ? -behind : 24 * 3600 - behind;
      String zone = "timezone: \"" + ZoneOffset.ofTotalSeconds(offset).getId() + "\"";
      return ConfigurationCopy.in(directory.resolve(name).resolve("conf"))
          .edit("metrics.yaml", "settles_after: 15m", "settles_after: " + seconds(SETTLED))
          .edit("tidewatch.yaml", "timezone: UTC", zone)
          .edit("tidewatch.yaml", "group: tidewatch", "group: " + name)
          .edit("tidewatch.yaml", "scored_within: 10m", "scored_within: " + seconds(SCORED))
          .tidewatchYaml();
    }

    private static String seconds(Duration duration) {
      return duration.toSeconds() + "s";
    }

    private void submit(int parallelism, String... options) throws IOException {
      job = cluster.submit(configuration, parallelism, environment, options);
      say("job " + job + " at parallelism " + parallelism);
    }

    private void rescale(int parallelism) throws IOException {
      String savepoint = cluster.stop(job);
      submit(parallelism, "-s", savepoint);
    }

    private void stop() throws IOException {
      cluster.stop(job);
      eventsEnd = events.end();
      windowsEnd = windows.end();
    }

    private void awaitFacts(int number) {
      Patience.await(
          number + " facts",
          PATIENCE,
          () -> value("SELECT count() FROM tidewatch.v_fact_events").equals("" + number));
    }

    /**
     * Until each record is in a checkpoint, the day is over and no window is open any more. Rows
     * alone would not tell: they may be older than the state that the job was restored to.
     */
    private void awaitFinal(long records) {
      Patience.await("all is in a checkpoint", PATIENCE, () -> lag() == 0);
      Patience.await(
          "the day is over", PATIENCE, () -> cluster.hasPassed(job, midnight.plus(SETTLED)));
      Patience.await(
          "all windows are final, with %d records".formatted(records),
          PATIENCE,
          () ->
              value(
                      """
                      SELECT countIf(NOT is_final) = 0 AND countIf(metric = 'events_read'
                        AND window = '1d' AND series = '' AND value = %d) = 1
                      FROM tidewatch.v_metric_windows
                      """
                          .formatted(records))
                  .equals("1"));
      say("final");
    }

    /** What the last checkpoint does not cover. */
    private long lag() {
      TidewatchSettings settings = TidewatchSettings.load(configuration, environment);
      return new SourceLag(settings.kafka().properties(), environment.get("KAFKA_BOOTSTRAP"))
          .of(settings.sources().live()).values().stream().mapToLong(Long::longValue).sum();
    }

    private String value(String query) {
      return clickHouse.query(query).get(0).values().iterator().next();
    }

    /** How often each row is in the topic; not once for each, as some sources keep resent ones. */
    private Map<String, Integer> events() throws IOException {
      Map<String, Integer> rows = new HashMap<>();
      events.read(
          eventsBegin,
          eventsEnd,
          (key, row) ->
              rows.merge(
                  "%s %s %08x".formatted(key, row.get("time").asText(), row.hashCode()),
                  1,
                  Integer::sum));
      return rows;
    }

    /** The last word on each window; none is said twice. */
    private Map<String, String> windows() throws IOException {
      Map<String, String> last = new HashMap<>();
      Set<String> said = new HashSet<>();
      List<String> twice = new ArrayList<>();
      windows.read(
          windowsBegin,
          windowsEnd,
          (key, row) -> {
            String window = key + ' ' + row.get("window_start").asText();
            last.put(window, row.toString());
            if (!said.add(window + row.get("samples") + row.get("is_final"))) {
              twice.add(row.toString());
            }
          });
      assertThat(twice.stream().limit(5)).as("said twice").isEmpty();
      return last;
    }
  }
}
