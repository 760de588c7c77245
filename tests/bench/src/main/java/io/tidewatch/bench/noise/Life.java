package io.tidewatch.bench.noise;

import io.tidewatch.local.company.Company;
import io.tidewatch.local.company.CompanyEvent;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What a synthetic company lives through before its present.
 *
 * @param length whole days
 */
record Life(long seed, int customers, Duration length) implements Serializable {

  private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");
  private static final int DAYS_OF_WEEK = 7;

  Company begin() {
    return Company.founded(seed, customers, start(), length);
  }

  /** Another weekday for each of seven seeds. */
  private Instant start() {
    return MONDAY.plus(Duration.ofDays(Math.floorMod(seed, DAYS_OF_WEEK)));
  }

  Instant end() {
    return start().plus(length);
  }

  double weeks() {
    return (double) length.toDays() / DAYS_OF_WEEK;
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

  /** All that happened in it. */
  Company lived() {
    Company company = begin();
    while (company.nextTime().isBefore(end())) {
      company.next();
    }
    return company;
  }
}
