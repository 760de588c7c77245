package io.tidewatch.local.demo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many events were sent, by the minute that Kafka has of them: the job counts by that too. */
final class SentByMinute {

  private final Map<Instant, Total> minutes = new ConcurrentHashMap<>();

  /**
   * Numbers of events.
   *
   * @param sent those sent twice counted twice
   * @param repeated how many of those were sent for the second time
   */
  record Total(long sent, long repeated) {

    private static final Total NONE = new Total(0, 0);

    private Total plus(Total other) {
      return new Total(sent + other.sent, repeated + other.repeated);
    }
  }

  void add(Instant time, boolean repeated) {
    minutes.merge(
        time.truncatedTo(ChronoUnit.MINUTES), new Total(1, repeated ? 1 : 0), Total::plus);
  }

  /** All that were sent before a minute begins. */
  Total before(Instant minute) {
    return minutes.entrySet().stream()
        .filter(entry -> entry.getKey().isBefore(minute))
        .map(Map.Entry::getValue)
        .reduce(Total.NONE, Total::plus);
  }
}
