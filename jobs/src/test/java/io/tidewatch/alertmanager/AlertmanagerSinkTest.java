package io.tidewatch.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.alert.Alert;
import io.tidewatch.dashboards.DashboardLinks;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.SeriesOfWindows;
import io.tidewatch.rules.TestRules;
import io.tidewatch.rules.stream.AlertsStage;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A morning of twenty endpoints that have too many requests in every third minute. */
@Timeout(180)
class AlertmanagerSinkTest {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final int ENDPOINTS = 20;
  private static final int MINUTES = 60;
  private static final int KILLS = 20;

  @Test
  void deliversEachAlertUnderOneFingerprintHoweverOftenTheJobIsKilled() throws Exception {
    Set<Map<String, String>> expected;
    try (RecordingAlertmanager undisturbed = RecordingAlertmanager.healthy()) {
      run(undisturbed.url(), KillSwitch.never());
      expected = fingerprints(undisturbed.accepted());
    }
    assertThat(expected).hasSize(ENDPOINTS * MINUTES / 3);

    try (RecordingAlertmanager alertmanager = RecordingAlertmanager.healthy()) {
      KillSwitch kills = KillSwitch.atRandom(KILLS);
      run(alertmanager.url(), kills);
      assertThat(KillSwitch.KILLED).hasValue(KILLS);
      assertThat(fingerprints(alertmanager.accepted())).isEqualTo(expected);
      assertThat(lastWords(alertmanager.accepted())).containsOnly("recovered");
    }
  }

  @Test
  void losesNothingWhileAlertmanagerIsAway() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (RecordingAlertmanager away =
        new RecordingAlertmanager(alerts -> requests.incrementAndGet() <= 3 ? 503 : 200)) {
      run(away.url(), KillSwitch.never());
      assertThat(fingerprints(away.accepted())).hasSize(ENDPOINTS * MINUTES / 3);
    }
  }

  @Test
  void leavesOutNoMoreThanTheAlertThatIsRefused() throws Exception {
    try (RecordingAlertmanager picky =
        new RecordingAlertmanager(
            alerts -> alerts.stream().anyMatch(AlertmanagerSinkTest::isOfOne) ? 400 : 200)) {
      run(picky.url(), KillSwitch.never());
      assertThat(fingerprints(picky.accepted())).hasSize((ENDPOINTS - 1) * MINUTES / 3);
    }
  }

  private static boolean isOfOne(JsonNode alert) {
    return alert.at("/labels/endpoint").asText().equals("/e1");
  }

  private static void run(URI alertmanager, KillSwitch kills) throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(
            new Configuration()
                .set(PipelineOptions.GENERIC_TYPES, false)
                .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
                .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, KILLS)
                .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO));
    environment.setParallelism(2);
    environment.enableCheckpointing(20);
    MetricRule rule =
        TestRules.rule(
            MetricRule.class,
            "metric: api_requests",
            "window: 1m",
            "by: [endpoint]",
            "condition: {above: 100}");
    AlertsStage.ofWindows(
            "events",
            environment
                .fromSequence(0, ENDPOINTS * MINUTES - 1)
                .setParallelism(1)
                .map(AlertmanagerSinkTest::window)
                .returns(TypeInformation.of(MetricWindow.class))
                .setParallelism(1)
                .assignTimestampsAndWatermarks(
                    WatermarkStrategy.<MetricWindow>forMonotonousTimestamps()
                        .withTimestampAssigner(
                            (window, unknown) -> window.windowStart().toEpochMilli()))
                .setParallelism(1),
            TestRules.unchanged(environment, List.of(rule)),
            ZoneOffset.UTC)
        .alerts()
        .map(kills)
        .sinkTo(new AlertmanagerSink(AlertmanagerSettings.of(alertmanager), DashboardLinks.NONE))
        .setParallelism(1);
    environment.execute();
  }

  private static MetricWindow window(long number) {
    int minute = (int) (number / ENDPOINTS);
    return SeriesOfWindows.minutes("api_requests")
        .of("endpoint=/e" + number % ENDPOINTS)
        .closed("10:%02d".formatted(minute), minute % 3 == 0 ? 200 : 1);
  }

  private static Set<Map<String, String>> fingerprints(List<JsonNode> alerts) {
    return alerts.stream().map(AlertmanagerSinkTest::labels).collect(Collectors.toSet());
  }

  /** How each alert stood when Alertmanager last heard of it. */
  private static Set<String> lastWords(List<JsonNode> alerts) {
    Map<String, String> words = new HashMap<>();
    alerts.forEach(
        alert ->
            words.put(
                alert.at("/labels/alert_id").asText(),
                alert.at("/annotations/resolution").asText("firing")));
    return new HashSet<>(words.values());
  }

  private static Map<String, String> labels(JsonNode alert) {
    Map<String, String> labels = new HashMap<>();
    alert
        .get("labels")
        .fields()
        .forEachRemaining(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  /** Fails the job after some of the alerts that have fired and are not delivered yet. */
  private static final class KillSwitch implements MapFunction<Alert, Alert> {

    static final AtomicInteger KILLED = new AtomicInteger();

    private static final Random RANDOM = new Random(5);
    private static final int ONE_IN = 12;

    private final int kills;

    private KillSwitch(int kills) {
      this.kills = kills;
    }

    static KillSwitch never() {
      return new KillSwitch(0);
    }

    static KillSwitch atRandom(int kills) {
      KILLED.set(0);
      return new KillSwitch(kills);
    }

    @Override
    public Alert map(Alert alert) {
      synchronized (RANDOM) {
        if (KILLED.get() < kills && RANDOM.nextInt(ONE_IN) == 0) {
          KILLED.incrementAndGet();
          throw new IllegalStateException("killed between firing and delivery");
        }
      }
      return alert;
    }
  }
}
