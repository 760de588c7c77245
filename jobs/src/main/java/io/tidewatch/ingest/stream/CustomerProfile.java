package io.tidewatch.ingest.stream;

import io.tidewatch.event.Event;
import java.util.List;

/**
 * What one event told about a customer; absent values are null.
 *
 * @param since event time, epoch milliseconds
 */
public record CustomerProfile(long since, String plan, String tier, String country) {

  /** The properties a profile gives to events. */
  static final List<String> PROPERTIES = List.of("plan", "tier", "country");

  static CustomerProfile of(Event event) {
    return new CustomerProfile(
        event.time().toEpochMilli(), event.get("plan"), event.get("tier"), event.get("country"));
  }

  String get(String property) {
    return switch (property) {
      case "plan" -> plan;
      case "tier" -> tier;
      case "country" -> country;
      default -> throw new IllegalArgumentException(property);
    };
  }

  /** This profile with what it lacks taken from an earlier one. */
  CustomerProfile completedBy(CustomerProfile earlier) {
    return new CustomerProfile(
        since,
        plan == null ? earlier.plan : plan,
        tier == null ? earlier.tier : tier,
        country == null ? earlier.country : country);
  }
}
