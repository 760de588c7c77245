package io.tidewatch.ingest.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * What is remembered of a customer.
 *
 * @param profiles by event time, the earliest first; those of equal time in the order they came.
 *     Empty for a customer never seen
 * @param flaggedOn epoch day of the last flag for an unknown customer; null if none
 * @param touchedOn epoch day, by the processing clock, when this was last written
 */
public record CustomerHistory(List<CustomerProfile> profiles, Long flaggedOn, long touchedOn) {

  /** How many profiles are kept; the two oldest become one to make room. */
  static final int MAX_PROFILES = 32;

  static CustomerHistory empty() {
    return new CustomerHistory(List.of(), null, Long.MIN_VALUE);
  }

  boolean isKnown() {
    return !profiles.isEmpty();
  }

  /** The latest value told at or before that time; null if none was. */
  String valueAt(long time, String property) {
    for (int i = profiles.size() - 1; i >= 0; i--) {
      CustomerProfile profile = profiles.get(i);
      if (profile.since() <= time && profile.get(property) != null) {
        return profile.get(property);
      }
    }
    return null;
  }

  CustomerHistory with(CustomerProfile profile) {
    List<CustomerProfile> all = new ArrayList<>(profiles);
    int position = all.size();
    while (position > 0 && all.get(position - 1).since() > profile.since()) {
      position--;
    }
    all.add(position, profile);
    if (all.size() > MAX_PROFILES) {
      CustomerProfile oldest = all.remove(0);
      all.set(0, all.get(0).completedBy(oldest));
    }
    return new CustomerHistory(all, flaggedOn, touchedOn);
  }

  CustomerHistory flaggedOn(long day) {
    return new CustomerHistory(profiles, day, touchedOn);
  }

  CustomerHistory touchedOn(long day) {
    return new CustomerHistory(profiles, flaggedOn, day);
  }
}
