package io.tidewatch.job;

import static io.tidewatch.operator.Operators.gather;
import static io.tidewatch.operator.Operators.union;

import io.tidewatch.alert.Alert;
import io.tidewatch.audit.AuditEntry;
import io.tidewatch.currency.FxRate;
import io.tidewatch.currency.ReportingCurrency;
import io.tidewatch.currency.stream.CurrencyStage;
import io.tidewatch.customers.stream.CustomersStage;
import io.tidewatch.event.Event;
import io.tidewatch.ingest.DeadLetter;
import io.tidewatch.ingest.LateEvent;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.ingest.stream.IngestStage;
import io.tidewatch.intervals.stream.IntervalsStage;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.IntervalDefinition;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.MissedWindows;
import io.tidewatch.metrics.stream.MetricsStage;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.revenue.MovementRow;
import io.tidewatch.revenue.SubscriptionEvents;
import io.tidewatch.revenue.stream.RevenueStage;
import io.tidewatch.rules.CustomerPatternRule;
import io.tidewatch.rules.EventPatternRule;
import io.tidewatch.rules.RuleMessage;
import io.tidewatch.rules.WindowPatternRule;
import io.tidewatch.rules.stream.AlertsStage;
import io.tidewatch.rules.stream.ContributorsStage;
import io.tidewatch.rules.stream.CustomerPatternsStage;
import io.tidewatch.rules.stream.EventPatternsStage;
import io.tidewatch.rules.stream.RulesStage;
import io.tidewatch.rules.stream.SuppressionStage;
import io.tidewatch.rules.stream.WindowPatternsStage;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * How the stages hang together; it knows neither Kafka nor ClickHouse.
 *
 * <pre>
 * arrivals ─▶ ingest ─▶ events ─┬─────────────────────────────▶ metrics ─▶ metric windows ─▶ alerts
 *                │              ├▶ intervals, revenue,
 *                │              │  customers ──────────▶ derived ▶┤
 *                │              └────────────────────────────────┴─▶ alerts
 * models ────────┼────────────▶ customers
 * rules ─────────┼────────────▶ alerts ─▶ audit
 *                └▶ dead letters, late events, quality flags, record events ─▶ metrics ─▶ alerts
 * </pre>
 *
 * <p>Events that another job has ingested come in place of ingest.
 *
 * <p>A stage that derives events takes {@code events} and adds its own to the derived ones.
 */
public final class Pipeline {

  /**
   * How long windows of quality metrics can be corrected. It is longer than for other metrics,
   * because in a replay they all close at its end, however long ago they began.
   */
  private static final Duration ARRIVAL_LATENESS = Duration.ofDays(2);

  /** The clocks that windows go by. */
  private static final String EVENTS = "events";

  private static final String ARRIVALS = "arrivals";

  private static final String DERIVED = "derived";

  private final ZoneId zone;
  private final Optional<String> currency;
  private final Duration allowedLateness;
  private final CustomerSettings customerSettings;
  private final Definitions definitions;
  private final Set<Stage> stages;
  private final boolean replay;

  /**
   * @param replay whether event time comes from a recording alone
   */
  public Pipeline(TidewatchSettings settings, Set<Stage> stages, boolean replay) {
    this.zone = settings.reporting().zone();
    this.currency = settings.reporting().currency().map(ReportingCurrency::code);
    this.allowedLateness = settings.sources().allowedLateness();
    this.customerSettings = settings.customers();
    this.definitions = settings.definitions();
    this.stages = stages;
    this.replay = replay;
  }

  /**
   * All that comes out.
   *
   * @param windowTombstones metric windows that no longer have a value: rows that were written of
   *     them are to be deleted
   */
  public record Outputs(
      List<DataStream<Event>> events,
      List<DataStream<DeadLetter>> deadLetters,
      List<DataStream<LateEvent>> lateEvents,
      List<DataStream<QualityFlag>> flags,
      List<DataStream<MetricWindow>> metricWindows,
      List<DataStream<MetricWindow>> windowTombstones,
      List<DataStream<MovementRow>> movements,
      List<DataStream<FxRate>> fxRates,
      Optional<CustomersStage.Outputs> customers,
      List<DataStream<Alert>> alerts,
      List<DataStream<AuditEntry>> audit) {}

  /**
   * What changes the job while it runs; none of it holds back event time.
   *
   * @param models documents of models that score customers
   * @param rules messages about rules
   */
  public record Controls(DataStream<byte[]> models, DataStream<RuleMessage> rules) {}

  /** The job of a configuration that names no currency. */
  public Outputs define(List<IngestStage.Input> inputs, Controls controls) {
    return define(ingest(inputs), controls, Optional.empty());
  }

  /** Whether there are metrics of the records that come. */
  private boolean countsRecords() {
    return definitions.metrics().metrics().stream().anyMatch(MetricDefinition::arrivalClock);
  }

  /** The first stage of a job that reads raw topics. */
  public IngestStage.Outputs ingest(List<IngestStage.Input> inputs) {
    return IngestStage.apply(
        inputs,
        new IngestStage.Settings(
            zone,
            new MissedWindows.Factory(definitions.metrics(), zone, allowedLateness),
            customerSettings.timeToLive(),
            countsRecords(),
            replay));
  }

  /**
   * @param ingested by this job or by another
   * @param conversion there where the configuration names a currency
   */
  public Outputs define(
      IngestStage.Outputs ingested, Controls controls, Optional<CurrencyStage.Input> conversion) {
    List<DataStream<Event>> branches = List.copyOf(ingested.branches().values());
    List<DataStream<QualityFlag>> flags = new ArrayList<>(ingested.flags());
    List<DataStream<DeadLetter>> deadLetters = new ArrayList<>(ingested.deadLetters());
    List<DataStream<FxRate>> fxRates = new ArrayList<>();
    Map<String, DataStream<Event>> reported = ingested.branches();
    if (conversion.isPresent()) {
      CurrencyStage.Outputs converted =
          CurrencyStage.apply(
              ingested.branches(),
              conversion.get(),
              new CurrencyStage.Settings(zone, customerSettings.timeToLive()));
      reported = converted.branches();
      fxRates.add(converted.rates());
      flags.add(converted.flags());
      deadLetters.add(converted.deadLetters());
    }
    DataStream<Event> events = union(reported.values()).orElseThrow();
    List<IntervalDefinition> intervals =
        Stage.analyse(stages) ? definitions.metrics().intervals() : List.of();
    List<EventPatternRule> eventPatterns =
        stages.contains(Stage.ALERTS) ? definitions.rules().of(EventPatternRule.class) : List.of();
    List<FilterFunction<Event>> selections = selections(intervals, eventPatterns);
    DataStream<Event> selectable =
        selections.isEmpty()
            ? events
            : gather(reported, anyOf(selections), OperatorIds.GATHER_EVENTS);
    List<DataStream<MetricWindow>> windows = new ArrayList<>();
    List<DataStream<MetricWindow>> tombstones = new ArrayList<>();
    List<DataStream<Alert>> alerts = new ArrayList<>();
    List<DataStream<MovementRow>> movements = new ArrayList<>();
    List<DataStream<Event>> derived = new ArrayList<>();

    if (!intervals.isEmpty()) {
      derived.add(IntervalsStage.apply(selectable, intervals));
    }
    if (stages.contains(Stage.REVENUE)) {
      RevenueStage.Outputs revenue =
          RevenueStage.apply(selectable, customerSettings.timeToLive(), currency);
      movements.add(revenue.movements());
      derived.add(revenue.derived());
      flags.add(revenue.flags());
    }
    Optional<RulesStage.Outputs> rules =
        stages.contains(Stage.ALERTS)
            ? Optional.of(RulesStage.apply(controls.rules(), definitions.ruleBook()))
            : Optional.empty();
    Optional<CustomersStage.Outputs> customers = Optional.empty();
    if (stages.contains(Stage.CUSTOMERS)) {
      CustomersStage.Outputs kept =
          CustomersStage.apply(
              derived.stream().reduce(events, DataStream::union),
              controls.models(),
              new CustomersStage.Settings(
                  customerSettings.health(), zone, customerSettings.timeToLive()));
      derived.add(kept.derived());
      customers = Optional.of(kept);
      List<CustomerPatternRule> patterns = definitions.rules().of(CustomerPatternRule.class);
      if (rules.isPresent() && !patterns.isEmpty()) {
        alerts.add(CustomerPatternsStage.apply(kept.matched(), patterns, rules.get(), zone));
      }
    }
    if (stages.contains(Stage.INGEST)) {
      MetricsStage.Settings ofRecords =
          metrics(ARRIVALS, MetricDefinition::arrivalClock, ARRIVAL_LATENESS);
      watch(
          ofRecords,
          MetricsStage.applyOnArrival(ingested.recordEvents(), ofRecords, replay),
          // when a recording is read says nothing about what was recorded
          replay ? Optional.empty() : rules,
          windows,
          tombstones,
          flags,
          alerts);
    }
    if (stages.contains(Stage.METRICS)) {
      Map<String, DataStream<Event>> all = new LinkedHashMap<>(reported);
      union(derived).ifPresent(more -> all.put(DERIVED, more));
      MetricsStage.Settings ofEvents =
          metrics(EVENTS, metric -> !metric.arrivalClock(), allowedLateness);
      watch(ofEvents, MetricsStage.apply(all, ofEvents), rules, windows, tombstones, flags, alerts);
    }
    if (rules.isPresent()) {
      DataStream<Event> watched = derived.stream().reduce(events, DataStream::union);
      alerts.add(AlertsStage.ofEvents(watched, rules.get(), zone));
    }
    if (rules.isPresent() && !eventPatterns.isEmpty()) {
      alerts.add(EventPatternsStage.apply(selectable, eventPatterns, rules.get(), zone));
    }
    return new Outputs(
        branches,
        deadLetters,
        ingested.lateEvents(),
        flags,
        windows,
        tombstones,
        movements,
        fxRates,
        customers,
        union(alerts).map(all -> SuppressionStage.apply(all, zone)).stream().toList(),
        rules.map(RulesStage.Outputs::audit).stream().toList());
  }

  /** What each stage takes of events that does not read them all. */
  private List<FilterFunction<Event>> selections(
      List<IntervalDefinition> intervals, List<EventPatternRule> patterns) {
    List<FilterFunction<Event>> selections = new ArrayList<>();
    intervals.forEach(interval -> selections.add(interval::concerns));
    patterns.forEach(rule -> selections.add(rule.pattern(zone)::looksAt));
    if (stages.contains(Stage.REVENUE)) {
      selections.add(SubscriptionEvents::isRead);
    }
    return selections;
  }

  private static <T> FilterFunction<T> anyOf(List<FilterFunction<T>> selections) {
    return element -> {
      for (FilterFunction<T> selection : selections) {
        if (selection.filter(element)) {
          return true;
        }
      }
      return false;
    };
  }

  private MetricsStage.Settings metrics(
      String clock, Predicate<MetricDefinition> ofClock, Duration lateness) {
    return new MetricsStage.Settings(
        clock,
        new MetricCatalogue(definitions.metrics().metrics().stream().filter(ofClock).toList()),
        zone,
        lateness);
  }

  /** Adds the metrics of one clock, and the alerts of the rules that watch them. */
  private void watch(
      MetricsStage.Settings metrics,
      MetricsStage.Outputs measured,
      Optional<RulesStage.Outputs> rules,
      List<DataStream<MetricWindow>> windows,
      List<DataStream<MetricWindow>> tombstones,
      List<DataStream<QualityFlag>> flags,
      List<DataStream<Alert>> alerts) {
    windows.addAll(measured.windows().values());
    tombstones.add(measured.tombstones());
    flags.add(measured.flags());
    if (rules.isEmpty()) {
      return;
    }
    AlertsStage.OfWindows ofRules =
        AlertsStage.ofWindows(metrics.clock(), measured.allWindows(), rules.get(), zone);
    List<DataStream<Alert>> made = new ArrayList<>(List.of(ofRules.alerts()));
    List<WindowPatternRule> patterns =
        definitions.rules().of(WindowPatternRule.class).stream()
            .filter(rule -> metrics.catalogue().metric(rule.watched().metric()).isPresent())
            .toList();
    if (!patterns.isEmpty()) {
      made.add(
          WindowPatternsStage.apply(
              metrics.clock(),
              gather(
                  measured.windows(),
                  anyOf(patterns.stream().map(Pipeline::selection).toList()),
                  OperatorIds.GATHER_WINDOWS + metrics.clock()),
              patterns,
              rules.get(),
              zone));
    }
    alerts.add(
        ContributorsStage.apply(
            metrics.clock(), ofRules.explaining(), union(made).orElseThrow(), metrics.catalogue()));
  }

  private static FilterFunction<MetricWindow> selection(WindowPatternRule rule) {
    return rule::watches;
  }
}
