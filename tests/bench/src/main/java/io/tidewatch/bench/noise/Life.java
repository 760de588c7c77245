package io.tidewatch.bench.noise;

import io.tidewatch.local.company.Company;
import io.tidewatch.local.company.CompanyEvent;
import io.tidewatch.local.company.Incident;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The five weeks of a synthetic company before its present. */
record Life(long seed, int customers) implements Serializable {

  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final double DAYS_OF_WEEK = 7;

  Company begin() {
    return Company.founded(seed, customers, START);
  }

  Instant end() {
    return START.plus(Company.HISTORY);
  }

  static double weeks() {
    return Company.HISTORY.dividedBy(Duration.ofDays(1)) / DAYS_OF_WEEK;
  }

  /** How many events there are of each topic. */
  Map<String, Long> eventsByTopic() {
    Map<String, Long> events = new HashMap<>();
    Company company = begin();
    for (CompanyEvent event = company.next();
        event.time().isBefore(end());
        event = company.next()) {
      events.merge(event.topic(), 1L, Long::sum);
    }
    return events;
  }

  /** What befell it. */
  List<Incident> incidents() {
    Company company = begin();
    while (company.nextTime().isBefore(end())) {
      company.next();
    }
    return company.incidents();
  }
}
