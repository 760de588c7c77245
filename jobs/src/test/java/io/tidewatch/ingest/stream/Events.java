package io.tidewatch.ingest.stream;

import io.tidewatch.event.Event;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Events for tests of the stream functions. */
final class Events {

  private Events() {}

  static Event event(String type, String time, String... properties) {
    return event(type, time, null, properties);
  }

  /** A spend of that amount in euros. */
  static Event spend(String time, String amount) {
    return event("ad.spend", time, new BigDecimal(amount), "campaign", "spring");
  }

  private static Event event(String type, String time, BigDecimal amount, String... properties) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < properties.length; i += 2) {
      map.put(properties[i], properties[i + 1]);
    }
    return new Event(
        "shop",
        type + "@" + time,
        type,
        Instant.parse(time),
        Instant.parse(time),
        "acme",
        null,
        null,
        null,
        amount,
        map.containsKey("daily_budget") || amount != null ? "EUR" : null,
        map,
        false,
        Event.NEVER_LATE);
  }
}
