package io.tidewatch.rules.stream;

import static io.tidewatch.alert.Severity.CRITICAL;
import static io.tidewatch.alert.Severity.HIGH;
import static io.tidewatch.alert.Severity.LOW;
import static io.tidewatch.alert.Severity.MEDIUM;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertStatus;
import io.tidewatch.alert.Severity;
import io.tidewatch.event.Event;
import io.tidewatch.job.ShippedSettings;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.operator.SmallCluster;
import io.tidewatch.pattern.cep.ElementClock;
import io.tidewatch.pattern.customer.CustomerEvent;
import io.tidewatch.rules.CustomerPatternRule;
import io.tidewatch.rules.EventPatternRule;
import io.tidewatch.rules.EventRule;
import io.tidewatch.rules.MatchRuleEvaluator;
import io.tidewatch.rules.MetricAlertState;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.MetricRuleEvaluator;
import io.tidewatch.rules.Rule;
import io.tidewatch.rules.RuleCatalogue;
import io.tidewatch.rules.SeriesOfWindows;
import io.tidewatch.rules.TestRules;
import io.tidewatch.rules.WindowCondition;
import io.tidewatch.rules.WindowPatternRule;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule that ships: what fires it, and what is just short of that. */
class ShippedRulesTest {

  @RegisterExtension static final MiniClusterExtension CLUSTER = SmallCluster.ofTwoSlots();

  private static final RuleCatalogue RULES = ShippedSettings.load().definitions().rules();
  private static final Path HOME = Path.of(System.getProperty("tidewatch.home"));
  private static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");

  /**
   * A value of a metric's window that is too much or too little, and one that is not quite.
   *
   * @param usual the value of all windows before; null where none is looked at
   */
  private record Figure(String rule, Severity severity, Double usual, double wrong, double right) {
    @Override
    public String toString() {
      return rule;
    }
  }

  static List<Figure> figures() {
    return List.of(
        new Figure("high_error_rate", HIGH, null, 0.0501, 0.05),
        new Figure("error_rate_elevated", MEDIUM, null, 0.0101, 0.01),
        new Figure("slow_responses", HIGH, null, 2001, 2000),
        new Figure("api_p95_slow", MEDIUM, null, 201, 200),
        new Figure("api_usage_drop", MEDIUM, 1000.0, 799, 800),
        new Figure("failed_logins_spike", CRITICAL, null, 21, 20),
        new Figure("uptime_low", HIGH, null, 99.89, 99.9),
        new Figure("slow_queries", MEDIUM, null, 101, 100),
        new Figure("memory_high", MEDIUM, null, 80.1, 80),
        new Figure("payment_failure_rate_high", HIGH, null, 0.51, 0.5),
        new Figure("daily_revenue_drop", HIGH, 1000.0, 849, 850),
        new Figure("conversion_drop", MEDIUM, 0.1, 0.069, 0.0701),
        new Figure("traffic_spike", LOW, 200.0, 401, 400),
        new Figure("content_engaging", LOW, null, 0.151, 0.15),
        new Figure("budget_nearly_spent", MEDIUM, null, 0.91, 0.9),
        new Figure("cost_per_click_high", MEDIUM, null, 5.01, 5),
        new Figure("campaign_conversion_low", MEDIUM, null, 0.0149, 0.015),
        new Figure("average_health_drop", MEDIUM, 80.0, 71.9, 72.1),
        new Figure("at_risk_customers_up", HIGH, 10.0, 16, 15),
        new Figure("churn_rate_up", HIGH, 0.01, 0.031, 0.029),
        new Figure("ticket_spike", MEDIUM, 5.0, 16, 15),
        new Figure("satisfaction_drop", MEDIUM, 4.2, 3.69, 3.71),
        new Figure("data_stale", HIGH, null, 7201, 7200),
        new Figure("accuracy_low", MEDIUM, null, 0.989, 0.99),
        new Figure("completeness_low", MEDIUM, null, 0.949, 0.95),
        new Figure("consistency_low", MEDIUM, null, 0.979, 0.98));
  }

  @ParameterizedTest
  @MethodSource("figures")
  void firesBeyondItsLimitAndNotJustShortOfIt(Figure figure) {
    MetricRule rule = metricRule(figure.rule());
    assertThat(rule.profile().severity()).isEqualTo(figure.severity());
    assertThat(windows(rule, figure, figure.wrong(), rule.breachesToFire(), 1000))
        .as("as many windows as it takes")
        .hasSize(1);
    assertThat(windows(rule, figure, figure.right(), rule.breachesToFire(), 1000))
        .as("just short of the limit")
        .isEmpty();
    assertThat(windows(rule, figure, figure.wrong(), rule.breachesToFire() - 1, 1000))
        .as("a window too few")
        .isEmpty();
    if (rule.condition() instanceof WindowCondition.AtVolume volume) {
      long few = volume.minimumSamples() - 1;
      assertThat(windows(rule, figure, figure.wrong(), rule.breachesToFire(), few))
          .as("too few events")
          .isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "unusual_api_traffic, MEDIUM, 250, 480",
    "unusual_page_views, LOW, 250, 480",
    "unusual_daily_revenue, LOW, 300, 490"
  })
  void firesWhereNothingLikeItIsExpected(String name, Severity severity, double wrong, double right)
      throws Exception {
    MetricRule rule = metricRule(name);
    assertThat(rule.profile().severity()).isEqualTo(severity);
    assertThat(afterTenWeeks(rule, wrong)).hasSize(1);
    assertThat(afterTenWeeks(rule, right)).isEmpty();
  }

  /** Ten weeks with half as much at weekends, and a window that usually has 500. */
  private static List<Alert> afterTenWeeks(MetricRule rule, double value) throws Exception {
    SeriesOfWindows series = new SeriesOfWindows(rule.metric(), rule.window(), length(rule), "");
    try (WatchWindowsHarness harness = new WatchWindowsHarness(rule)) {
      harness.open();
      Instant start = BEGIN;
      Instant end = BEGIN.plus(Duration.ofDays(70));
      for (int row = 0; !start.isAfter(end); row++) {
        double weekend = start.atZone(ZoneOffset.UTC).getDayOfWeek().getValue() > 5 ? 0.5 : 1;
        double usual = 500 * weekend * (1 + 0.03 * Math.sin(row));
        harness.processElement1(
            series.closed(start, start.equals(end) ? value : usual), start.toEpochMilli());
        start = start.plus(length(rule));
        harness.processWatermark1(new Watermark(start.toEpochMilli() - 1));
      }
      return harness.extractOutputValues();
    }
  }

  @Test
  void failedLoginsAreOverInAMinuteWithoutAny() throws Exception {
    MetricRule rule = metricRule("failed_logins_spike");
    try (WatchWindowsHarness harness = new WatchWindowsHarness(rule)) {
      harness.open();
      MetricWindow attack = SeriesOfWindows.minutes(rule.metric()).closed(BEGIN, 150);
      harness.processElement1(attack, 0);
      harness.processWatermark1(new Watermark(attack.windowEnd().toEpochMilli()));
      assertThat(harness.extractOutputValues())
          .extracting(Alert::status)
          .containsExactly(AlertStatus.FIRING);
      Instant quietUntil = attack.windowEnd().plus(Duration.ofMinutes(1));
      harness.processWatermark1(new Watermark(quietUntil.toEpochMilli()));
      assertThat(harness.extractOutputValues())
          .extracting(Alert::endedAt)
          .containsExactly(null, quietUntil);
    }
  }

  @Test
  void dataIsMissingAfterTwoHours() throws Exception {
    MetricRule rule = metricRule("data_missing");
    assertThat(rule.profile().severity()).isEqualTo(HIGH);
    try (WatchWindowsHarness harness = new WatchWindowsHarness(rule)) {
      harness.open();
      MetricWindow last = SeriesOfWindows.minutes(rule.metric()).closed(BEGIN, 7);
      harness.processElement1(last, 0);
      long twoHoursLater = last.windowEnd().plus(Duration.ofHours(2)).toEpochMilli();
      harness.processWatermark1(new Watermark(twoHoursLater - 1));
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processWatermark1(new Watermark(twoHoursLater));
      assertThat(harness.extractOutputValues()).hasSize(1);
    }
  }

  @Test
  void eventsFireAtOnce() {
    assertThat(eventAlerts("payment_failure", MEDIUM, event("payment.failed"))).hasSize(1);
    assertThat(eventAlerts("payment_failure", MEDIUM, event("payment.succeeded"))).isEmpty();
    assertThat(eventAlerts("slow_response", MEDIUM, event("api.request", "response_time_ms=5001")))
        .hasSize(1);
    assertThat(eventAlerts("slow_response", MEDIUM, event("api.request", "response_time_ms=5000")))
        .isEmpty();
    assertThat(eventAlerts("critical_error", CRITICAL, event("error.raised", "severity=critical")))
        .hasSize(1);
    assertThat(eventAlerts("critical_error", CRITICAL, event("error.raised", "severity=error")))
        .isEmpty();
  }

  @Test
  void sequencesOfWindowsFire() throws Exception {
    assertThat(patternAlerts(windows(12, 12, 12, 81, 81, 690)))
        .containsExactlyInAnyOrderElementsOf(namesOf(WindowPatternRule.class));
    // a minute is missing; up to twice the usual; 70 % of the week before
    assertThat(patternAlerts(windows(12, 12, 4, 80, 80, 701))).isEmpty();
  }

  @Test
  void sequencesOfEventsFire() throws Exception {
    assertThat(eventPatternAlerts(10, 50, 111, Duration.ofSeconds(121), Duration.ofSeconds(301)))
        .containsExactlyInAnyOrderElementsOf(namesOf(EventPatternRule.class));
    assertThat(eventPatternAlerts(9, 49, 110, Duration.ofSeconds(120), Duration.ofSeconds(300)))
        .isEmpty();
  }

  @Test
  void sequencesOfACustomersEventsFire() throws Exception {
    assertThat(
            customerAlerts(
                of("risk", 0, "customer.transitioned", "score_before=80", "score_after=49"),
                of("streak", 0, "payment.failed"),
                of("streak", 1, "payment.failed"),
                of("streak", 2, "payment.failed"),
                of("trouble", 0, "ticket.opened"),
                of("trouble", 1, "ticket.opened"),
                of("trouble", 2, "ticket.opened"),
                midnight("trouble", 3, 14),
                of("new", 0, "customer.created"),
                of("trial", 0, "trial.started"),
                midnight("trial", 1, 0),
                midnight("trial", 2, 0),
                midnight("trial", 3, 0),
                midnight("trial", 4, 0)))
        .containsExactlyInAnyOrderElementsOf(namesOf(CustomerPatternRule.class));
    assertThat(
            customerAlerts(
                of("risk", 0, "customer.transitioned", "score_before=80", "score_after=50"),
                of("risk", 14, "customer.transitioned", "score_before=50", "score_after=70"),
                of("streak", 0, "payment.failed"),
                of("streak", 1, "payment.failed"),
                of("streak", 3, "payment.succeeded"),
                of("streak", 4, "payment.failed"),
                of("streak", 7, "payment.succeeded"),
                of("trouble", 0, "ticket.opened"),
                of("trouble", 1, "ticket.opened"),
                of("trouble", 2, "ticket.opened"),
                midnight("trouble", 3, 15),
                of("new", 0, "customer.created"),
                of("new", 7, "feature.used"),
                of("trial", 0, "trial.started"),
                midnight("trial", 1, 0),
                midnight("trial", 2, 0),
                midnight("trial", 3, 0),
                of("trial", 3.5, "feature.used"),
                midnight("trial", 4, 0),
                of("trial", 4.5, "trial.converted")))
        .isEmpty();
  }

  @Test
  void eachRuleIsTriedHere() {
    Set<String> tried =
        figures().stream().map(Figure::rule).collect(Collectors.toCollection(TreeSet::new));
    tried.addAll(List.of("data_missing", "payment_failure", "slow_response", "critical_error"));
    tried.addAll(List.of("unusual_api_traffic", "unusual_page_views", "unusual_daily_revenue"));
    tried.addAll(namesOf(WindowPatternRule.class));
    tried.addAll(namesOf(EventPatternRule.class));
    tried.addAll(namesOf(CustomerPatternRule.class));
    assertThat(tried).containsExactlyInAnyOrderElementsOf(namesOf(Rule.class));
  }

  @Test
  void eachRuleSaysWhoIsToldAndHowAndWhatToDoThen() throws IOException {
    for (Rule rule : RULES.rules()) {
      assertThat(rule.profile().receivers()).as(rule.name()).isNotEmpty();
      assertThat(rule.profile().actions()).as(rule.name()).isNotEmpty();
      assertThat(rule.profile().runbook()).isEqualTo("docs/runbooks/" + rule.name() + ".md");
      assertThat(HOME.resolve(rule.profile().runbook())).isRegularFile();
    }
    try (Stream<Path> pages = Files.list(HOME.resolve("docs/runbooks"))) {
      assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")))
          .containsExactlyInAnyOrderElementsOf(namesOf(Rule.class));
    }
  }

  private static MetricRule metricRule(String name) {
    return rule(MetricRule.class, name);
  }

  private static <R extends Rule> R rule(Class<R> kind, String name) {
    return RULES.of(kind).stream().filter(one -> one.name().equals(name)).findAny().orElseThrow();
  }

  private static List<String> namesOf(Class<? extends Rule> kind) {
    return RULES.of(kind).stream().map(Rule::name).toList();
  }

  /** The alerts that fire in so many windows of this value. */
  private static List<Alert> windows(
      MetricRule rule, Figure figure, double value, int number, long samples) {
    List<Alert> alerts = new ArrayList<>();
    SeriesOfWindows series = new SeriesOfWindows(rule.metric(), rule.window(), length(rule), "");
    MetricAlertState state = null;
    Instant start = BEGIN;
    for (int i = 0; i < number; i++) {
      state =
          new MetricRuleEvaluator(ZoneOffset.UTC)
              .onWindow(
                  rule,
                  state,
                  series.closed(start, value, samples),
                  end -> figure.usual(),
                  alerts::add);
      start = start.plus(length(rule));
    }
    return alerts.stream().filter(alert -> alert.status() == AlertStatus.FIRING).toList();
  }

  private static Duration length(MetricRule rule) {
    return switch (rule.window()) {
      case "1m" -> Duration.ofMinutes(1);
      case "30m" -> Duration.ofMinutes(30);
      case "1h" -> Duration.ofHours(1);
      default -> Duration.ofDays(1);
    };
  }

  private static List<Alert> eventAlerts(String name, Severity severity, Event event) {
    EventRule rule = rule(EventRule.class, name);
    assertThat(rule.profile().severity()).isEqualTo(severity);
    List<Alert> alerts = new ArrayList<>();
    if (rule.watches(event)) {
      new MatchRuleEvaluator(ZoneOffset.UTC).onMatch(rule, null, event, alerts::add);
    }
    return alerts;
  }

  /**
   * Three minutes of API errors, two hours of a feature's use and a day's revenue, after usual
   * ones.
   */
  private static List<MetricWindow> windows(double... last) {
    List<MetricWindow> windows = new ArrayList<>();
    series(windows, SeriesOfWindows.minutes("api_errors"), 10, 4, last[0], last[1], last[2]);
    series(
        windows,
        SeriesOfWindows.hours("feature_uses").of("feature=export"),
        24,
        40,
        last[3],
        last[4]);
    series(windows, SeriesOfWindows.days("net_revenue"), 7, 1000, last[5]);
    return windows;
  }

  private static void series(
      List<MetricWindow> windows,
      SeriesOfWindows series,
      int before,
      double usual,
      double... last) {
    for (int i = 0; i < before + last.length; i++) {
      windows.add(
          series.closed(
              BEGIN.plus(series.length().multipliedBy(i)), i < before ? usual : last[i - before]));
    }
  }

  private static Set<String> patternAlerts(List<MetricWindow> windows) throws Exception {
    return rulesThatFire(
        environment ->
            WindowPatternsStage.apply(
                "events",
                stream(environment, windows, MetricWindow.class, w -> w.windowEnd().toEpochMilli()),
                RULES.of(WindowPatternRule.class),
                TestRules.unchanged(environment, RULES.of(WindowPatternRule.class)),
                ZoneOffset.UTC),
        Instant.MAX);
  }

  /** Failed logins and a good one, shares, spend of a budget of 100, and pauses of heartbeats. */
  private static Set<String> eventPatternAlerts(
      int failures, int shares, int spend, Duration silence, Duration dashboardSilence)
      throws Exception {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < failures; i++) {
      events.add(at(Duration.ofSeconds(i), event("auth.failed")));
    }
    events.add(at(Duration.ofMinutes(9), event("auth.succeeded")));
    for (int i = 0; i < shares; i++) {
      events.add(at(Duration.ofMinutes(i), event("content.shared", "content=guide")));
    }
    events.add(at(Duration.ZERO, event("campaign.budget", "campaign=spring", "daily_budget=100")));
    events.add(at(Duration.ofMinutes(1), event("ad.spend", "campaign=spring", "amount=" + spend)));
    for (Duration time : List.of(Duration.ZERO, silence, silence.multipliedBy(2))) {
      events.add(at(time, event("service.heartbeat", "service=ledger")));
    }
    for (Duration time : List.of(Duration.ZERO, dashboardSilence)) {
      events.add(at(time, event("service.heartbeat", "service=dashboard")));
    }
    return rulesThatFire(
        environment ->
            EventPatternsStage.apply(
                stream(environment, events, Event.class, event -> event.time().toEpochMilli()),
                RULES.of(EventPatternRule.class),
                TestRules.unchanged(environment, RULES.of(EventPatternRule.class)),
                ZoneOffset.UTC),
        // with the end of the recording all heartbeats end
        BEGIN.plus(silence.multipliedBy(2)));
  }

  private static Set<String> customerAlerts(CustomerEvent... events) throws Exception {
    return rulesThatFire(
        environment ->
            CustomerPatternsStage.apply(
                stream(
                        environment,
                        List.of(events),
                        CustomerEvent.class,
                        event -> event.knownAt().toEpochMilli())
                    .keyBy(CustomerEvent::customerId),
                RULES.of(CustomerPatternRule.class),
                TestRules.unchanged(environment, RULES.of(CustomerPatternRule.class)),
                ZoneOffset.UTC),
        Instant.MAX);
  }

  @FunctionalInterface
  private interface Stages {
    DataStream<Alert> of(StreamExecutionEnvironment environment);
  }

  /**
   * @param until alerts that start then or later do not count
   */
  private static Set<String> rulesThatFire(Stages stages, Instant until) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.setParallelism(1);
    Set<String> rules = new TreeSet<>();
    try (CloseableIterator<Alert> alerts = stages.of(environment).executeAndCollect()) {
      while (alerts.hasNext()) {
        Alert alert = alerts.next();
        if (alert.startedAt().isBefore(until)) {
          rules.add(alert.profile().rule());
        }
      }
    }
    return rules;
  }

  private static <T> DataStream<T> stream(
      StreamExecutionEnvironment environment,
      List<T> elements,
      Class<T> type,
      ElementClock<T> time) {
    return environment
        .fromData(elements, TypeInformation.of(type))
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<T>forBoundedOutOfOrderness(Duration.ofDays(40))
                .withTimestampAssigner((element, before) -> time.timeOf(element)));
  }

  private static Event at(Duration afterBegin, Event event) {
    return new Event(
        event.source(),
        event.id() + afterBegin,
        event.type(),
        BEGIN.plus(afterBegin),
        BEGIN.plus(afterBegin),
        event.customerId(),
        event.userId(),
        null,
        null,
        event.amount(),
        event.currency(),
        event.properties(),
        false,
        Event.NEVER_LATE);
  }

  private static Event event(String type, String... properties) {
    Map<String, String> given = properties(properties);
    String amount = given.remove("amount");
    given.putIfAbsent("endpoint", "/x");
    given.putIfAbsent("service", "ledger");
    return new Event(
        "test",
        type,
        type,
        BEGIN,
        BEGIN,
        "acme",
        "u-1",
        null,
        null,
        amount == null ? null : new BigDecimal(amount),
        "EUR",
        given,
        false,
        Event.NEVER_LATE);
  }

  private static CustomerEvent midnight(String customer, int day, int usagePoints) {
    return of(
        customer,
        day,
        "customer.scored",
        "scheduled=true",
        "score=60",
        "usage_points=" + usagePoints,
        "recency_points=10",
        "open_tickets=0");
  }

  private static CustomerEvent of(String customer, double day, String type, String... properties) {
    Instant time = BEGIN.plusSeconds((long) (day * Duration.ofDays(1).toSeconds()));
    return new CustomerEvent(
        customer,
        type + day,
        time,
        time,
        type,
        "",
        "",
        customer.equals("trial") ? BigDecimal.ZERO : BigDecimal.TEN,
        properties(properties));
  }

  private static Map<String, String> properties(String... pairs) {
    Map<String, String> properties = new TreeMap<>();
    for (String pair : pairs) {
      properties.put(pair.split("=")[0], pair.split("=")[1]);
    }
    return properties;
  }
}
