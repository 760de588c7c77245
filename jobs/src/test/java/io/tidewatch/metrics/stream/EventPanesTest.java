package io.tidewatch.metrics.stream;

import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.Measurement;
import io.tidewatch.metrics.MetricAccumulator;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.SeriesKey;
import io.tidewatch.metrics.TestEvents;
import io.tidewatch.metrics.TestMetrics;
import io.tidewatch.metrics.TimeWindow;
import io.tidewatch.metrics.WindowCalendar;
import io.tidewatch.metrics.WindowSize;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventPanesTest {

  private static final Duration LATENESS = Duration.ofHours(1);

  /** Shortly before the clocks of Berlin change. */
  private static final Instant BEGIN = Instant.parse("2026-03-28T21:00:00Z");

  private static final MetricCatalogue METRICS =
      TestMetrics.catalogue(
          """
          - name: requests
            unit: count
            inputs: {all: {event: api.request, count: true}}
            by: [[endpoint], [endpoint, country]]
            windows: [1m, 1h]
          - name: payments
            unit: currency
            inputs: {paid: {event: payment.succeeded, sum: amount}}
            by: [[country], [plan]]
            windows: [1m, 1h]
          - name: payers
            unit: count
            inputs: {customers: {event: payment.succeeded, distinct: customer_id}}
            by: [[country]]
            windows: [1h, 1d]
            rolling: [2d, 7d]
          - name: active
            unit: count
            inputs: {customers: {event: any, distinct: customer_id}}
            windows: [1d]
          - name: users
            unit: count
            inputs: {users: {event: page.viewed, distinct: user_id}}
            by: [[plan]]
            rolling: [3d]
          """);

  private final Map<Place, MetricAccumulator> drained = new HashMap<>();
  private final Map<Place, MetricAccumulator> expected = new HashMap<>();

  /** Where a number stands. */
  private record Place(
      MetricDefinition metric, int grouping, TimeWindow window, long countsFrom, String series) {}

  private record Gathered(long samples, Optional<Measurement> measurement) {}

  @ParameterizedTest
  @CsvSource({"UTC, 1", "UTC, 2", "Europe/Berlin, 3", "Europe/Berlin, 4", "Asia/Kolkata, 5"})
  void gathersWhatAddingEachEventToEachWindowAndSeriesWould(ZoneId zone, long seed) {
    Random random = new Random(seed);
    EventPanes panes = new EventPanes(METRICS, new WindowCalendar(zone), LATENESS);
    WindowCalendar calendar = new WindowCalendar(zone);
    for (int i = 0; i < 4_000; i++) {
      Event event = anEvent(random);
      panes.add(event);
      expect(event, calendar);
      if (random.nextInt(500) == 0) {
        long instant = event.time().toEpochMilli();
        panes.drainEndedBy(instant, this::drain);
        assertThat(panes.earliestEnd()).isGreaterThan(instant);
      }
    }
    panes.drainAll(this::drain);

    assertThat(gathered(drained)).isEqualTo(gathered(expected));
    assertThat(panes.size()).isZero();
    assertThat(panes.earliestEnd()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anEventTooLateForItsMinuteStillCountsInItsHour() {
    EventPanes panes = panes();
    TestEvents request = event("api.request").with("endpoint", "/a").at("2026-03-01T12:00:30Z");
    panes.add(request.build());
    panes.add(request.build().withWatermark(millis("2026-03-01T13:01:00Z") - 1));
    panes.drainAll(this::drain);

    assertThat(samples("1m")).containsOnly(1L).hasSize(3);
    assertThat(samples("1h")).containsOnly(2L).hasSize(3);
  }

  @Test
  void eventsThatOnlyRepeatAreCountedAndEachCounts() {
    EventPanes panes = panes();
    Event repeated =
        event("api.request").with("endpoint", "/a").identity("api", "").derived().build();
    Event other = event("api.request").with("endpoint", "/b").identity("api", "").derived().build();
    List<String> times =
        List.of(
            "12:00:10Z",
            "12:00:59Z",
            "12:00:20Z",
            "12:01:00Z",
            "12:01:01Z",
            "12:59:59Z",
            "13:00:00Z",
            "13:00:01Z");
    for (Event event : List.of(repeated, other, repeated)) {
      for (String time : times) {
        Event at = at(event, Instant.parse("2026-03-01T" + time));
        panes.add(at);
        expect(at, new WindowCalendar(ZoneOffset.UTC));
      }
    }
    Event late =
        at(repeated, Instant.parse("2026-03-01T13:00:02Z"))
            .withWatermark(millis("2026-03-01T14:01:00Z") - 1);
    panes.add(late);
    expect(late, new WindowCalendar(ZoneOffset.UTC));
    panes.drainAll(this::drain);
    assertThat(gathered(drained)).isEqualTo(gathered(expected));
  }

  /** The same event, with the same properties object, at another time. */
  private static Event at(Event event, Instant time) {
    return new Event(
        event.source(),
        event.id(),
        event.type(),
        time,
        time,
        event.customerId(),
        event.userId(),
        event.anonymousId(),
        event.sessionId(),
        event.amount(),
        event.currency(),
        event.properties(),
        event.derived(),
        event.watermark());
  }

  @Test
  void anEventTooLateForEverythingLeavesNothing() {
    EventPanes panes = panes();
    panes.add(
        event("api.request").at("2026-03-01T12:00:30Z").build().withWatermark(Long.MAX_VALUE - 1));
    assertThat(panes.size()).isZero();
    assertThat(panes.earliestEnd()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void knowsHowMuchItHoldsAndWhenTheFirstWindowEnds() {
    EventPanes panes = panes();
    panes.add(event("api.request").customer("acme").at("2026-03-01T12:59:30Z").build());
    panes.add(event("api.request").customer("acme").at("2026-03-01T13:10:00Z").build());
    // both have a minute and an hour with two rows, and the day of active
    assertThat(panes.size()).isEqualTo(2 * 2 * 2 + 1);
    assertThat(panes.earliestEnd()).isEqualTo(millis("2026-03-01T13:00:00Z"));

    panes.drainEndedBy(millis("2026-03-01T13:00:00Z") - 1, this::drain);
    assertThat(drained).isEmpty();
    panes.drainEndedBy(millis("2026-03-01T13:00:00Z"), this::drain);
    assertThat(panes.size()).isEqualTo(2 * 2 + 1);
    assertThat(panes.earliestEnd()).isEqualTo(millis("2026-03-01T13:11:00Z"));

    panes.drainAll(this::drain);
    assertThat(panes.size()).isZero();
    assertThat(panes.earliestEnd()).isEqualTo(Long.MAX_VALUE);
  }

  /** What comes late may be of any minute, all at once. */
  @Test
  void manySparsePanesAfterACrowdedOneTakeLittleMemory() {
    int minutes = 3_000;
    EventPanes panes = panes();
    for (int i = 0; i < 20_000; i++) {
      panes.add(event("api.request").with("endpoint", "/" + i).at(BEGIN.toString()).build());
    }
    panes.drainAll((metric, grouping, window, from, latest) -> (series, gathered, mayKeep) -> {});
    for (int minute = 0; minute < minutes; minute++) {
      String time = BEGIN.plus(Duration.ofMinutes(minute)).toString();
      panes.add(event("api.request").with("endpoint", "/a").at(time).build());
    }
    panes.drainAll(this::drain);
    assertThat(samples("1m")).containsOnly(1L).hasSize(3 * minutes);
  }

  private static EventPanes panes() {
    return new EventPanes(METRICS, new WindowCalendar(ZoneOffset.UTC), LATENESS);
  }

  private static Event anEvent(Random random) {
    String type =
        List.of("api.request", "payment.succeeded", "page.viewed", "ticket.opened")
            .get(random.nextInt(4));
    // an hour in the middle is dense, so that minutes are shared
    long span =
        random.nextBoolean() ? Duration.ofHours(1).toMillis() : Duration.ofDays(2).toMillis();
    Instant time = BEGIN.plusMillis(random.nextLong(span));
    TestEvents event = event(type).at(time).customer("c" + random.nextInt(40));
    event.user("u" + random.nextInt(40));
    set(event, "endpoint", random);
    set(event, "country", random);
    set(event, "plan", random);
    if (type.equals("payment.succeeded")) {
      event.amount(random.nextInt(1_000) + "." + random.nextInt(100), "EUR");
    }
    Event built = random.nextInt(20) == 0 ? event.derived().build() : event.build();
    return switch (random.nextInt(4)) {
      case 0 -> built;
      case 1 -> built.withWatermark(time.toEpochMilli() - random.nextInt(60_000));
      case 2 -> built.withWatermark(time.toEpochMilli() + random.nextInt(3 * 3_600_000));
      default ->
          built.withWatermark(time.toEpochMilli() + random.nextLong(Duration.ofDays(9).toMillis()));
    };
  }

  /** Absent, empty, or one of some values. */
  private static void set(TestEvents event, String dimension, Random random) {
    int value = random.nextInt(6);
    if (value > 0) {
      event.with(dimension, value == 1 ? "" : "v=" + value);
    }
  }

  private EventPanes.Drain.Series drain(
      MetricDefinition metric, int grouping, TimeWindow window, long countsFrom, long latest) {
    return (series, accumulator, mayKeep) ->
        drained
            .computeIfAbsent(
                new Place(metric, grouping, window, countsFrom, series),
                place -> MetricAccumulator.empty(metric))
            .merge(accumulator);
  }

  private void expect(Event event, WindowCalendar calendar) {
    long time = event.time().toEpochMilli();
    for (MetricDefinition metric : METRICS.fedBy(event)) {
      for (WindowSize size : metric.windows()) {
        TimeWindow window = calendar.window(size, time);
        if (!event.isLateFor(window.endMillis(), LATENESS.toMillis())) {
          expect(event, metric, window, window.endMillis());
        }
      }
      if (!metric.rollingDays().isEmpty()) {
        TimeWindow day = calendar.day(time);
        int longest = metric.rollingDays().get(metric.rollingDays().size() - 1);
        calendar.rolling(longest, time).stream()
            .map(TimeWindow::endMillis)
            .filter(end -> !event.isLateFor(end, LATENESS.toMillis()))
            .findFirst()
            .ifPresent(
                end ->
                    expect(
                        event,
                        metric,
                        new TimeWindow(PartialAggregate.PANE, day.startMillis(), day.endMillis()),
                        end));
      }
    }
  }

  private void expect(Event event, MetricDefinition metric, TimeWindow window, long countsFrom) {
    List<List<String>> groupings = metric.groupings();
    for (int grouping = 0; grouping < groupings.size(); grouping++) {
      String series = SeriesKey.of(groupings.get(grouping), event);
      Place place = new Place(metric, grouping, window, countsFrom, series);
      MetricAccumulator accumulator = expected.getOrDefault(place, MetricAccumulator.empty(metric));
      if (accumulator.add(metric, event)) {
        expected.put(place, accumulator);
      }
    }
  }

  private static Map<Place, Gathered> gathered(Map<Place, MetricAccumulator> accumulators) {
    Map<Place, Gathered> gathered = new HashMap<>();
    accumulators.forEach(
        (place, accumulator) ->
            gathered.put(
                place,
                new Gathered(
                    accumulator.samples(),
                    accumulator.measure(
                        place.metric(),
                        Instant.ofEpochMilli(place.window().startMillis()),
                        Instant.ofEpochMilli(place.window().endMillis())))));
    return gathered;
  }

  private List<Long> samples(String window) {
    return drained.entrySet().stream()
        .filter(entry -> entry.getKey().window().name().equals(window))
        .map(entry -> entry.getValue().samples())
        .toList();
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }
}
