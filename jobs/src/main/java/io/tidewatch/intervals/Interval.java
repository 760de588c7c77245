package io.tidewatch.intervals;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.InternalEvents;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The time from one event to another, as the derived event {@code interval.measured}. */
public final class Interval {

  private static final String SOURCE = "intervals";
  private static final int DECIMALS = 9;

  private Interval() {}

  /**
   * @param name of the interval's definition
   * @return an event at the time of {@code to}, with the properties of both, those of {@code to}
   *     first, and the length in each unit
   */
  public static Event between(String name, Event from, Event to) {
    Map<String, String> properties = new HashMap<>(from.properties());
    properties.putAll(to.properties());
    properties.put("interval", name);
    Duration length = Duration.between(from.time(), to.time());
    for (TimeUnit unit :
        new TimeUnit[] {
          TimeUnit.MILLISECONDS, TimeUnit.SECONDS, TimeUnit.MINUTES, TimeUnit.HOURS, TimeUnit.DAYS
        }) {
      properties.put(unit.name().toLowerCase(Locale.ROOT), in(unit, length));
    }
    return new Event(
        SOURCE,
        String.join("|", name, to.source(), to.id()),
        InternalEvents.INTERVAL_MEASURED,
        to.time(),
        to.receivedAt(),
        firstOf(to.customerId(), from.customerId()),
        firstOf(to.userId(), from.userId()),
        firstOf(to.anonymousId(), from.anonymousId()),
        firstOf(to.sessionId(), from.sessionId()),
        to.amount(),
        to.currency(),
        properties,
        true,
        to.watermark());
  }

  private static String in(TimeUnit unit, Duration length) {
    return BigDecimal.valueOf(length.toMillis())
        .divide(BigDecimal.valueOf(unit.toMillis(1)), DECIMALS, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String firstOf(String one, String other) {
    return one == null ? other : one;
  }
}
