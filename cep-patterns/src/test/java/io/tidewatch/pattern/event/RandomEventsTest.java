package io.tidewatch.pattern.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import io.tidewatch.pattern.RandomPlay;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random events of many series, out of order up to the watermark, some behind it, and with failures
 * of the job between, give what a plain loop over them gives.
 */
class RandomEventsTest {

  private static final int SERIES = 40;
  private static final int EVENTS = 60;
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final BigDecimal LIMIT = new BigDecimal("1.1");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void guessedPasswordsAreThoseOfAPlainLoop(boolean failures) throws Exception {
    assertAlertsAreThoseOf(
        RandomEventsTest::guessed,
        "user_id",
        new BruteForce.Parameters(3, TEN_MINUTES, List.of("user_id"), HOUR),
        events(
            new Random(20261127),
            Duration.ofSeconds(8),
            random -> Map.of("type", random.nextInt(100) < 80 ? "auth.failed" : "auth.succeeded")),
        failures);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void viralPiecesAreThoseOfAPlainLoop(boolean failures) throws Exception {
    assertAlertsAreThoseOf(
        RandomEventsTest::viral,
        "content",
        new ViralContent.Parameters(3, TEN_MINUTES),
        events(
            new Random(20261128),
            Duration.ofSeconds(10),
            random -> Map.of("type", "content.shared")),
        failures);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void silentServicesAreThoseOfAPlainLoop(boolean failures) throws Exception {
    assertAlertsAreThoseOf(
        RandomEventsTest::silent,
        "service",
        new ServiceDown.Parameters(TEN_MINUTES, List.of(), List.of()),
        events(
            new Random(20261129),
            Duration.ofSeconds(10),
            random -> Map.of("type", "service.heartbeat")),
        failures);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void overspendIsThatOfAPlainLoop(boolean failures) throws Exception {
    assertAlertsAreThoseOf(
        RandomEventsTest::overspent,
        "campaign",
        new CampaignOverspend.Parameters(LIMIT),
        events(
            new Random(20261130),
            Duration.ofMinutes(8),
            random ->
                random.nextInt(100) < 85
                    ? Map.of("type", "ad.spend", "amount", Integer.toString(random.nextInt(60)))
                    : Map.of(
                        "type",
                        "campaign.budget",
                        "daily_budget",
                        Integer.toString(20 + random.nextInt(150)))),
        failures);
  }

  private static void assertAlertsAreThoseOf(
      RandomPlay.Loop<Event> loop,
      String dimension,
      EventPatternParameters parameters,
      List<Event> events,
      boolean failures)
      throws Exception {
    Set<String> expected =
        RandomPlay.expected(events, event -> dimension + '=' + event.get(dimension), loop);
    assertThat(expected).hasSizeGreaterThan(100);
    EventPattern pattern = EventPatterns.of(parameters);
    assertThat(
            RandomPlay.alerts(
                () -> new EventPatternOperators(pattern),
                events,
                event -> knownAt(event).toEpochMilli(),
                failures))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** An alert that goes on until it has not happened again for some time. */
  private static final class UntilQuiet {

    private final List<String> alerts = new ArrayList<>();
    private final Duration quiet;
    private Instant firing;
    private Instant lastMatch;

    private UntilQuiet(Duration quiet) {
      this.quiet = quiet;
    }

    private void match(Instant first, Instant last) {
      endBefore(last);
      if (firing == null) {
        firing = first;
        alerts.add("fires " + first + ' ' + last);
      }
      lastMatch = last;
    }

    private void endBefore(Instant now) {
      if (firing != null && lastMatch.plus(quiet).isBefore(now)) {
        alerts.add("recovered " + firing + ' ' + lastMatch.plus(quiet));
        firing = null;
      }
    }

    private List<String> alerts() {
      endBefore(Instant.MAX);
      return alerts;
    }
  }

  /** Three failures in a row, then a success, within ten minutes. */
  private static List<String> guessed(List<Event> events) {
    UntilQuiet alert = new UntilQuiet(HOUR);
    List<Instant> row = new ArrayList<>();
    for (Event event : events) {
      if (isLate(event)) {
        continue;
      }
      if (event.type().equals("auth.failed")) {
        row.add(event.time());
        continue;
      }
      Instant third = row.size() < 3 ? Instant.MIN : row.get(row.size() - 3);
      if (!third.isBefore(event.time().minus(TEN_MINUTES))) {
        alert.match(third, event.time());
      }
      row.clear();
    }
    return alert.alerts();
  }

  /** Three shares within ten minutes. */
  private static List<String> viral(List<Event> events) {
    UntilQuiet alert = new UntilQuiet(TEN_MINUTES);
    List<Instant> row = new ArrayList<>();
    for (Event event : events) {
      if (isLate(event)) {
        continue;
      }
      row.add(event.time());
      row.removeIf(time -> time.isBefore(event.time().minus(TEN_MINUTES)));
      if (row.size() == 3) {
        alert.match(row.get(0), event.time());
        row.clear();
      }
    }
    return alert.alerts();
  }

  /** More than ten minutes after a heartbeat. */
  private static List<String> silent(List<Event> events) {
    List<String> alerts = new ArrayList<>();
    Event last = null;
    for (Event event : events) {
      if (!knownAt(event).isBefore(event.time().plus(TEN_MINUTES))) {
        continue;
      }
      if (last != null && knownAt(last).plus(TEN_MINUTES).isBefore(knownAt(event))) {
        alerts.add("fires " + last.time() + ' ' + knownAt(last).plus(TEN_MINUTES));
        alerts.add("recovered " + last.time() + ' ' + knownAt(event));
      }
      last = event;
    }
    alerts.add("fires " + last.time() + ' ' + knownAt(last).plus(TEN_MINUTES));
    return alerts;
  }

  /** More than 1.1 budgets in a day. */
  private static List<String> overspent(List<Event> events) {
    List<String> alerts = new ArrayList<>();
    Instant day = Instant.MIN;
    BigDecimal spent = BigDecimal.ZERO;
    BigDecimal budget = null;
    Instant firing = null;
    for (Event event : events) {
      Instant today = knownAt(event).truncatedTo(ChronoUnit.DAYS);
      if (today.isAfter(day)) {
        if (firing != null) {
          alerts.add("recovered " + firing + ' ' + day.plus(Duration.ofDays(1)));
          firing = null;
        }
        day = today;
        spent = BigDecimal.ZERO;
      }
      if (event.type().equals("campaign.budget")) {
        budget = new BigDecimal(event.get("daily_budget"));
      } else if (!event.time().isBefore(day)) {
        spent = spent.add(event.amount());
      }
      boolean over = budget != null && spent.compareTo(budget.multiply(LIMIT)) > 0;
      if (over && firing == null) {
        firing = event.time();
        alerts.add("fires " + firing + ' ' + knownAt(event));
      } else if (!over && firing != null) {
        alerts.add("recovered " + firing + ' ' + knownAt(event));
        firing = null;
      }
    }
    if (firing != null) {
      alerts.add("recovered " + firing + ' ' + day.plus(Duration.ofDays(1)));
    }
    return alerts;
  }

  private static boolean isLate(Event event) {
    return event.watermark() != Event.NEVER_LATE;
  }

  private static Instant knownAt(Event event) {
    return isLate(event) ? Instant.ofEpochMilli(event.watermark() + 1) : event.time();
  }

  @FunctionalInterface
  private interface Life {
    Map<String, String> next(Random random);
  }

  /** In the order they are known, each at a moment of its own; the first of a block may be late. */
  private static List<Event> events(Random random, Duration step, Life life) {
    List<Event> events = new ArrayList<>();
    Instant time = EventScript.BEGIN;
    for (int i = 0; i < SERIES * EVENTS; i++) {
      Instant reached = time;
      time = time.plusMillis(step.toMillis() / (1 + random.nextInt(3)));
      boolean late = i > 0 && i % RandomPlay.DISORDER == 0;
      String series = "s-" + random.nextInt(SERIES);
      Map<String, String> properties = new HashMap<>(life.next(random));
      properties.put("content", series);
      properties.put("service", series);
      properties.put("campaign", series);
      String amount = properties.remove("amount");
      events.add(
          new Event(
              "test",
              "e" + i,
              properties.remove("type"),
              late ? reached.minus(step.multipliedBy(1 + random.nextInt(200))) : time,
              time,
              null,
              series,
              null,
              null,
              amount == null ? null : new BigDecimal(amount),
              "EUR",
              properties,
              false,
              late ? reached.toEpochMilli() : Event.NEVER_LATE));
    }
    return events;
  }
}
