package io.tidewatch.job;

import io.tidewatch.alert.Alert;
import io.tidewatch.event.Event;
import io.tidewatch.ingest.DeadLetter;
import io.tidewatch.ingest.LateEvent;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.ingest.stream.IngestStage;
import io.tidewatch.intervals.IntervalsStage;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.MissedWindows;
import io.tidewatch.metrics.stream.MetricsStage;
import io.tidewatch.rules.EventRule;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.stream.AlertsStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * How the stages hang together; it knows neither Kafka nor ClickHouse.
 *
 * <pre>
 * arrivals ─▶ ingest ─▶ events ─┬─────────────────────────────▶ metrics ─▶ metric windows ─▶ alerts
 *                │              ├▶ intervals ─▶ derived events ─▶┤
 *                │              └────────────────────────────────┴─▶ alerts
 *                └▶ dead letters, late events, quality flags, record events ─▶ metrics ─▶ alerts
 * </pre>
 *
 * <p>A stage that derives events takes {@code events} and adds its own in {@link #derived}:
 * revenue, customers and journeys have their place beside intervals.
 */
public final class Pipeline {

  /**
   * Quality metrics correct their windows for longer than others: in a replay all close at its end,
   * however long ago a window began.
   */
  private static final Duration ARRIVAL_LATENESS = Duration.ofDays(2);

  /** The clocks that windows go by. */
  private static final String EVENTS = "events";

  private static final String ARRIVALS = "arrivals";

  private static final String DERIVED = "derived";

  private final TidewatchSettings settings;
  private final Set<Stage> stages;
  private final boolean replay;

  /**
   * @param replay whether event time comes from a recording alone
   */
  public Pipeline(TidewatchSettings settings, Set<Stage> stages, boolean replay) {
    this.settings = settings;
    this.stages = stages;
    this.replay = replay;
  }

  /** All that comes out. */
  public record Outputs(
      List<DataStream<Event>> events,
      DataStream<DeadLetter> deadLetters,
      DataStream<LateEvent> lateEvents,
      DataStream<QualityFlag> flags,
      DataStream<MetricWindow> metricWindows,
      List<DataStream<Alert>> alerts) {}

  public Outputs define(List<IngestStage.Input> inputs) {
    IngestStage.Outputs ingested =
        IngestStage.apply(
            inputs,
            new IngestStage.Settings(
                settings.zone(),
                new MissedWindows.Factory(
                    settings.metrics(), settings.zone(), settings.allowedLateness()),
                settings.customerTimeToLive(),
                replay));

    List<DataStream<Event>> branches = List.copyOf(ingested.branches().values());
    Optional<DataStream<Event>> derived = derived(union(branches));
    List<DataStream<Alert>> alerts = new ArrayList<>();

    MetricsStage.Outputs quality =
        MetricsStage.applyOnArrival(
            ingested.recordEvents(),
            new MetricsStage.Settings(
                ARRIVALS,
                metricsWhere(MetricDefinition::arrivalClock),
                settings.zone(),
                ARRIVAL_LATENESS),
            replay);
    alertsOfWindows(ARRIVALS, quality.windows(), MetricDefinition::arrivalClock, alerts);
    DataStream<MetricWindow> windows = quality.windows();
    DataStream<QualityFlag> flags = ingested.flags().union(quality.flags());
    if (stages.contains(Stage.METRICS)) {
      MetricsStage.Outputs metrics = metrics(ingested.branches(), derived);
      alertsOfWindows(EVENTS, metrics.windows(), metric -> !metric.arrivalClock(), alerts);
      windows = windows.union(metrics.windows());
      flags = flags.union(metrics.flags());
    }
    List<EventRule> eventRules = settings.rules().of(EventRule.class);
    if (stages.contains(Stage.ALERTS) && !eventRules.isEmpty()) {
      DataStream<Event> events = union(branches);
      alerts.add(
          AlertsStage.ofEvents(
              derived.map(events::union).orElse(events), eventRules, settings.zone()));
    }
    return new Outputs(
        branches, ingested.deadLetters(), ingested.lateEvents(), flags, windows, alerts);
  }

  private MetricsStage.Outputs metrics(
      Map<String, DataStream<Event>> ingested, Optional<DataStream<Event>> derived) {
    Map<String, DataStream<Event>> branches = new LinkedHashMap<>(ingested);
    derived.ifPresent(events -> branches.put(DERIVED, events));
    return MetricsStage.apply(
        branches,
        new MetricsStage.Settings(
            EVENTS,
            metricsWhere(metric -> !metric.arrivalClock()),
            settings.zone(),
            settings.allowedLateness()));
  }

  /** Alerts of the rules that watch metrics of this clock. */
  private void alertsOfWindows(
      String clock,
      DataStream<MetricWindow> windows,
      Predicate<MetricDefinition> ofClock,
      List<DataStream<Alert>> alerts) {
    List<MetricRule> rules =
        settings.rules().of(MetricRule.class).stream()
            .filter(rule -> settings.metrics().metric(rule.metric()).filter(ofClock).isPresent())
            .toList();
    if (stages.contains(Stage.ALERTS) && !rules.isEmpty()) {
      alerts.add(AlertsStage.ofWindows(clock, windows, rules, settings.zone()));
    }
  }

  /** What stages derive from events, for metrics, rules and patterns to watch. */
  private Optional<DataStream<Event>> derived(DataStream<Event> events) {
    List<DataStream<Event>> derived = new ArrayList<>();
    if (!settings.metrics().intervals().isEmpty()) {
      derived.add(IntervalsStage.apply(events, settings.metrics().intervals()));
    }
    return derived.stream().reduce(DataStream::union);
  }

  private MetricCatalogue metricsWhere(Predicate<MetricDefinition> predicate) {
    return new MetricCatalogue(settings.metrics().metrics().stream().filter(predicate).toList());
  }

  private static <T> DataStream<T> union(List<DataStream<T>> streams) {
    return streams.stream().reduce(DataStream::union).orElseThrow();
  }
}
