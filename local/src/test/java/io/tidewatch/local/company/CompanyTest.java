package io.tidewatch.local.company;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.EventCatalogue;
import io.tidewatch.ingest.IngestSettings;
import io.tidewatch.ingest.RawRecord;
import io.tidewatch.ingest.Reading;
import io.tidewatch.ingest.RecordReader;
import io.tidewatch.ingest.SourceSettings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompanyTest {

  private static final long SEED = 7;
  private static final int CUSTOMERS = 80;
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z"); // a Monday
  private static final Instant PRESENT = START.plus(Company.HISTORY);

  private static final Map<Object, Trouble> REASONS =
      Arrays.stream(Trouble.values()).collect(toMap(Trouble::reason, trouble -> trouble));

  private static final List<CompanyEvent> HISTORY =
      history(Company.founded(SEED, CUSTOMERS, START));

  @Test
  void livesTheSameLifeFromTheSameSeedAndAnotherFromAnother() {
    assertThat(history(Company.founded(SEED, CUSTOMERS, START))).isEqualTo(HISTORY);
    assertThat(history(Company.founded(SEED + 1, CUSTOMERS, START))).isNotEqualTo(HISTORY);
  }

  /** Only what services tell of themselves, and the silence in it, is counted from the present. */
  @Test
  void livesTheSameLifeWheneverOnADayItIsLookedAt() {
    Company later = Company.founded(SEED, CUSTOMERS, START, Company.HISTORY.plusHours(9));
    assertThat(told(history(later))).isEqualTo(told(HISTORY));
  }

  @Test
  void theSameBefallTheSameWhicheverSecondTheLivePartBegins() {
    Company company = lived(PRESENT.plusSeconds(5));
    Company later = lived(PRESENT.plusSeconds(42));
    assertThat(company.incidents().stream().map(Incident::series))
        .hasSizeGreaterThan(15)
        .isEqualTo(later.incidents().stream().map(Incident::series).toList());
  }

  @Test
  void tellsWhatHappensInTheOrderOfTimeAndNothingTwice() {
    Set<String> ids = new HashSet<>();
    Instant last = START;
    for (CompanyEvent event : HISTORY) {
      assertThat(event.time()).isAfterOrEqualTo(last);
      assertThat(ids.add(event.id())).as(event.id()).isTrue();
      last = event.time();
    }
  }

  @Test
  void sendsWithinThreeSecondsAndSomeTwice() {
    Delivery delivery = new Delivery(Company.founded(SEED, CUSTOMERS, START), SEED);
    int repeated = 0;
    Instant last = START;
    Set<String> sent = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      Delivery.Dispatch dispatch = delivery.next();
      assertThat(dispatch.at()).isAfterOrEqualTo(last);
      assertThat(Duration.between(dispatch.event().time(), dispatch.at()))
          .isBetween(Duration.ZERO, Delivery.LONGEST);
      assertThat(sent.add(dispatch.event().id())).isNotEqualTo(dispatch.repeated());
      repeated += dispatch.repeated() ? 1 : 0;
      last = dispatch.at();
    }
    assertThat(repeated).isPositive();
  }

  @Test
  void everyRecordIsAcceptedAndEveryTypeOccurs() {
    RecordReader reader =
        new RecordReader(
            SourceSettings.tidewatch("company", "any"),
            IngestSettings.defaults("a key for tests".getBytes(StandardCharsets.UTF_8)));
    Set<String> types = new HashSet<>();
    for (CompanyEvent event : history(Company.founded(SEED, 300, START))) {
      Reading reading =
          reader.read(new RawRecord("company", event.topic(), 0, 0, event.time(), event.json()));
      assertThat(reading.deadLetter()).as(event.toString()).isNull();
      assertThat(reading.events())
          .singleElement()
          .satisfies(e -> assertThat(e.time()).isEqualTo(event.time()));
      assertThat(reading.flags()).isEmpty();
      types.add(event.type());
    }
    assertThat(types).isEqualTo(EventCatalogue.names());
  }

  @Test
  void worksByDayAndRestsAtNightAndAtTheWeekend() {
    Predicate<CompanyEvent> quiet = CompanyTest::onAnIncidentsDay;
    Map<Integer, Long> byHour =
        HISTORY.stream()
            .filter(event -> event.type().equals("auth.succeeded"))
            .collect(groupingBy(event -> utc(event).getHour(), counting()));
    assertThat(byHour.get(12)).isGreaterThan(10 * byHour.getOrDefault(2, 0L));
    Map<DayOfWeek, Long> byDay =
        HISTORY.stream()
            .filter(event -> event.type().equals("page.viewed"))
            .filter(quiet.negate())
            .collect(groupingBy(event -> utc(event).getDayOfWeek(), counting()));
    assertThat(byDay.get(DayOfWeek.SUNDAY)).isLessThan(byDay.get(DayOfWeek.WEDNESDAY));
  }

  @Test
  void aCustomersFirstEventTellsWhoItIs() {
    Set<String> known = new HashSet<>();
    for (CompanyEvent event : HISTORY) {
      if (event.type().equals("customer.created")) {
        known.add(event.customerId());
      }
      if (event.customerId() != null) {
        assertThat(known).as(event.toString()).contains(event.customerId());
      }
    }
    assertThat(known).hasSizeGreaterThan(CUSTOMERS);
  }

  /** Each whole day brings in about the same, at whatever hour the first one begins. */
  @ParameterizedTest
  @ValueSource(ints = {0, 16})
  void earnsItsMoneySteadily(int hour) {
    Map<Object, BigDecimal> byDay = new TreeMap<>();
    Instant start = START.plus(Duration.ofHours(hour));
    for (CompanyEvent event : history(Company.untroubled(SEED, 300, start))) {
      if (event.type().equals("payment.succeeded")) {
        assertThat((String) event.properties().get("amount")).matches("\\d+\\.\\d\\d");
        byDay.merge(
            utc(event).toLocalDate(),
            new BigDecimal((String) event.properties().get("amount")),
            BigDecimal::add);
      }
    }
    List<BigDecimal> days = new ArrayList<>(byDay.values()).subList(1, 35);
    long drops = 0;
    for (int i = 1; i < days.size(); i++) {
      drops += days.get(i).doubleValue() < 0.85 * days.get(i - 1).doubleValue() ? 1 : 0;
    }
    assertThat(drops).as(days.toString()).isLessThan(3);
  }

  /** What a model of churn may learn from. */
  @Test
  void thoseWhoLeaveUsedLessHadTicketsOrFailedToPay() {
    Map<Object, Long> reasons =
        history(Company.founded(SEED, 300, START)).stream()
            .filter(event -> event.type().equals("subscription.canceled"))
            .collect(groupingBy(event -> event.properties().get("reason"), counting()));
    assertThat(reasons).containsKeys("low_usage", "unsolved_problems", "payment_failed");
    assertThat(reasons.getOrDefault("other", 0L)).isLessThan(reasons.get("low_usage") + 5);
  }

  @Test
  void thoseWhoLeaveForAReasonWereKnownToBeInTroubleByThen() {
    Company company = Company.founded(SEED, 300, START);
    List<CompanyEvent> canceled =
        history(company).stream()
            .filter(event -> event.type().equals("subscription.canceled"))
            .filter(event -> REASONS.containsKey(event.properties().get("reason")))
            .toList();
    assertThat(canceled)
        .isNotEmpty()
        .allSatisfy(
            event ->
                assertThat(company.troubles())
                    .anyMatch(
                        trouble ->
                            trouble.customerId().equals(event.customerId())
                                && trouble.kind() == REASONS.get(event.properties().get("reason"))
                                && trouble.since().isBefore(event.time())));
  }

  @Test
  void eachKindOfIncidentBefallsItOnceAndOneAtATime() {
    Company company = Company.founded(SEED, CUSTOMERS, START);
    history(company);
    List<Incident> incidents = company.incidents();
    assertThat(incidents)
        .extracting(Incident::kind)
        .containsExactlyInAnyOrder(IncidentKind.values());
    assertThat(incidents.get(0).startedAt()).isAfter(START.plus(Duration.ofDays(8)));
    for (int i = 1; i < incidents.size(); i++) {
      assertThat(incidents.get(i).startedAt()).isAfter(incidents.get(i - 1).endedAt());
    }
  }

  /** Else nobody could miss them. */
  @Test
  void heartbeatsWereThereBeforeTheyFallSilentWheneverThePresentBegins() {
    for (int seconds : new int[] {0, 5, 3599}) {
      Company company =
          Company.founded(SEED, CUSTOMERS, START, Company.HISTORY.plusSeconds(seconds));
      List<CompanyEvent> events = history(company);
      Incident silent =
          company.incidents().stream()
              .filter(incident -> incident.kind() == IncidentKind.SERVICE_SILENT)
              .findFirst()
              .orElseThrow();
      assertThat(events)
          .anyMatch(
              event ->
                  event.type().equals("service.heartbeat")
                      && event.time().isBefore(silent.startedAt())
                      && silent.series().contains("service=" + event.properties().get("service")));
    }
  }

  @Test
  void outsideOfIncidentsAllIsAsIfTheyHadNotBeen() {
    Company company = Company.founded(SEED, CUSTOMERS, START);
    List<CompanyEvent> troubled = history(company);
    Predicate<CompanyEvent> quiet =
        event -> company.incidents().stream().noneMatch(incident -> incident.covers(event.time()));
    assertThat(troubled.stream().filter(quiet).toList())
        .isEqualTo(
            history(Company.untroubled(SEED, CUSTOMERS, START)).stream().filter(quiet).toList());
  }

  @Test
  void eachIncidentShowsWhereItShould() {
    assertThat(
            during(
                IncidentKind.OUTAGE,
                "api.request",
                e -> (int) e.properties().get("status_code") >= 500))
        .isGreaterThan(1_000);
    assertThat(during(IncidentKind.OUTAGE, "api.request", CompanyTest::isSlow))
        .isGreaterThan(during(IncidentKind.OUTAGE, "api.request", e -> true) / 2);
    Incident outage = incident(IncidentKind.OUTAGE);
    assertThat(HISTORY.stream().filter(CompanyTest::isSlow))
        .allMatch(event -> outage.covers(event.time()));
    assertThat(during(IncidentKind.OUTAGE, "error.raised", e -> true)).isGreaterThan(20);
    assertThat(during(IncidentKind.PAYMENTS_FAILING, "payment.succeeded", e -> true)).isZero();
    assertThat(during(IncidentKind.PAYMENTS_FAILING, "payment.failed", e -> true))
        .isGreaterThan(120);
    Incident unpaid = incident(IncidentKind.PAYMENTS_FAILING);
    assertThat(
            history(Company.untroubled(SEED, CUSTOMERS, START)).stream()
                .filter(e -> e.type().equals("payment.succeeded") && unpaid.covers(e.time())))
        .as("what it would have earned")
        .isNotEmpty();
    assertThat(during(IncidentKind.VIRAL_SPIKE, "content.shared", e -> true)).isGreaterThan(100);
    assertThat(during(IncidentKind.CAMPAIGN_OVERSPEND, "ad.spend", e -> true)).isGreaterThan(50);
    assertThat(during(IncidentKind.BRUTE_FORCE, "auth.failed", e -> true))
        .isGreaterThanOrEqualTo(150);
    Incident cold = incident(IncidentKind.CUSTOMERS_GOING_COLD);
    assertThat(
            HISTORY.stream()
                .filter(e -> e.type().equals("api.request") && cold.covers(e.time()))
                .filter(e -> cold.series().contains("customer_id=" + e.customerId())))
        .isEmpty();
    Incident silent = incident(IncidentKind.SERVICE_SILENT);
    assertThat(
            HISTORY.stream()
                .filter(e -> e.type().equals("service.heartbeat") && silent.covers(e.time()))
                .filter(e -> silent.series().contains("service=" + e.properties().get("service"))))
        .isEmpty();
  }

  @Test
  void liveIncidentsBeginAtOnceAndNeverEnd() {
    List<Incident> live =
        lived(PRESENT).incidents().stream().filter(i -> !i.startedAt().isBefore(PRESENT)).toList();
    assertThat(live).hasSizeGreaterThan(15);
    assertThat(live.subList(0, 6)).allMatch(i -> i.startedAt().isBefore(PRESENT.plusSeconds(120)));
    assertThat(live.subList(0, 6)).extracting(Incident::kind).doesNotHaveDuplicates();
  }

  /** Who watches for three minutes sees its alert come, after two of silence, and go. */
  @ParameterizedTest
  @ValueSource(ints = {0, 6, 13, 19})
  void theFirstLiveSilenceIsNoticedAndOverWithinThreeMinutes(int second) {
    Instant from = PRESENT.plusSeconds(second);
    Company company = Company.founded(SEED, CUSTOMERS, START);
    List<CompanyEvent> events = history(company);
    company.planIncidents(from);
    while (company.nextTime().isBefore(from.plusSeconds(160))) {
      events.add(company.next());
    }
    Incident silent =
        company.incidents().stream()
            .filter(i -> i.kind() == IncidentKind.SERVICE_SILENT && i.startedAt().isAfter(from))
            .findFirst()
            .orElseThrow();
    TreeSet<Instant> heartbeats =
        events.stream()
            .filter(event -> event.type().equals("service.heartbeat"))
            .filter(e -> silent.series().contains("service=" + e.properties().get("service")))
            .map(CompanyEvent::time)
            .collect(toCollection(TreeSet::new));
    Instant last = heartbeats.lower(silent.startedAt());
    Instant next = heartbeats.ceiling(silent.startedAt());
    assertThat(next).as("it is back").isNotNull().isAfter(silent.endedAt().minusMillis(1));
    assertThat(Duration.between(last, next)).isGreaterThan(Duration.ofSeconds(135));
  }

  private static long during(IncidentKind kind, String type, Predicate<CompanyEvent> filter) {
    Incident incident = incident(kind);
    return HISTORY.stream()
        .filter(event -> event.type().equals(type) && incident.covers(event.time()))
        .filter(filter)
        .count();
  }

  private static Incident incident(IncidentKind kind) {
    Company company = Company.founded(SEED, CUSTOMERS, START);
    history(company);
    return company.incidents().stream().filter(i -> i.kind() == kind).findFirst().orElseThrow();
  }

  private static boolean isSlow(CompanyEvent event) {
    return event.type().equals("api.request")
        && (double) event.properties().get("response_time_ms") > 500;
  }

  private static boolean onAnIncidentsDay(CompanyEvent event) {
    return event.anonymousId() != null && event.anonymousId().startsWith("a-viral");
  }

  private static OffsetDateTime utc(CompanyEvent event) {
    return event.time().atOffset(ZoneOffset.UTC);
  }

  private static List<CompanyEvent> told(List<CompanyEvent> events) {
    return events.stream().filter(event -> !event.topic().equals("system-events")).toList();
  }

  /** With two hours of live incidents. */
  private static Company lived(Instant from) {
    Company company = Company.founded(SEED, CUSTOMERS, START);
    history(company);
    company.planIncidents(from);
    while (company.nextTime().isBefore(from.plus(Duration.ofHours(2)))) {
      company.next();
    }
    return company;
  }

  private static List<CompanyEvent> history(Company company) {
    List<CompanyEvent> events = new ArrayList<>();
    while (company.nextTime().isBefore(PRESENT)) {
      events.add(company.next());
    }
    return events;
  }
}
