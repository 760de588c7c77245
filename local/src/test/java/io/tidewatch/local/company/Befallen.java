package io.tidewatch.local.company;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Incidents for tests. */
public final class Befallen {

  private Befallen() {}

  /** A service that is silent for four minutes. */
  public static Incident silentFrom(Instant start) {
    return new ServiceSilent(Span.of(start, Duration.ofMinutes(4)), "billing");
  }

  /** The payment provider turns a few away for so long. */
  public static Incident unpaidFrom(Instant start, Duration length) {
    Dice dice = new Randomness(1).dice("payments-failing", 0);
    return new PaymentsFailing(Span.of(start, length), 2, null, dice);
  }

  /** An outage that lasts so long. */
  public static Incident outageFrom(Instant start, Duration length) {
    Randomness randomness = new Randomness(1);
    return new Outage(Span.of(start, length), 1, null, randomness.dice("outage", 0), randomness);
  }

  /** All incidents of a company's history. */
  public static List<Incident> history() {
    Instant start = Instant.parse("2026-01-05T00:00:00Z");
    Company company = Company.founded(3, 30, start);
    while (company.nextTime().isBefore(start.plus(Company.HISTORY))) {
      company.next();
    }
    return company.incidents();
  }
}
