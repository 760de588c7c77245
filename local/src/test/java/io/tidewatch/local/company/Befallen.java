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
