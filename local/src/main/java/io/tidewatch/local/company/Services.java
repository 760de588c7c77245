package io.tidewatch.local.company;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The company's own services: samples of how they are, errors, and heartbeats.
 *
 * <p>Heartbeats were introduced not long before the present, and samples became more frequent then.
 */
final class Services implements Part {

  static final List<String> NAMES =
      List.of(
          "api-gateway",
          "inference",
          "quantizer",
          "accounts",
          "billing",
          "web-app",
          "scheduler",
          "warehouse");

  /** How often a service shows that it lives. */
  static final Duration HEARTBEAT = Duration.ofSeconds(20);

  private static final Duration SAMPLE = Duration.ofMinutes(5);
  private static final double WARNINGS_PER_DAY = 6;
  private static final double ERRORS_PER_DAY = 1.5;

  private final Instant watchedSince;
  private final Randomness randomness;

  /**
   * @param watchedSince when heartbeats began
   */
  Services(Instant watchedSince, Randomness randomness) {
    this.watchedSince = watchedSince;
    this.randomness = randomness;
  }

  @Override
  public void live(Hour hour, Feed feed) {
    Dice dice = randomness.dice("services", hour.number());
    boolean watched = !hour.start().isBefore(watchedSince);
    for (int i = 0; i < NAMES.size(); i++) {
      String service = NAMES.get(i);
      Duration phase = Duration.ofMillis(HEARTBEAT.toMillis() * i / NAMES.size());
      if (watched) {
        repeat(hour, phase, HEARTBEAT, time -> feed.tell(heartbeat(service, time)));
      }
      repeat(
          hour,
          phase.plusMinutes(1),
          watched ? SAMPLE : Hour.LENGTH,
          time -> sample(service, time, dice, feed));
    }
    dice.times(hour, WARNINGS_PER_DAY / 24)
        .forEach(time -> feed.tell(error(dice.oneOf(NAMES), "warning", "slow-dependency", time)));
    dice.times(hour, ERRORS_PER_DAY / 24)
        .forEach(time -> feed.tell(error(dice.oneOf(NAMES), "error", "unexpected-end", time)));
  }

  private interface At {
    void happen(Instant time);
  }

  private static void repeat(Hour hour, Duration phase, Duration every, At what) {
    for (Instant time = hour.start().plus(phase);
        time.isBefore(hour.end());
        time = time.plus(every)) {
      what.happen(time);
    }
  }

  private static void sample(String service, Instant time, Dice dice, Feed feed) {
    feed.tell(sample(service, "uptime", 100, time));
    feed.tell(sample(service, "memory_usage", dice.between(45.0, 68.0), time.plusMillis(5)));
    feed.tell(sample(service, "cpu_usage", dice.between(15.0, 60.0), time.plusMillis(10)));
    feed.tell(
        sample(service, "db_query_ms", Math.min(80, dice.skewed(14, 0.4)), time.plusMillis(15)));
  }

  private static Draft heartbeat(String service, Instant time) {
    return Draft.at(time, "service.heartbeat").with("service", service);
  }

  private static Draft sample(String service, String metric, double value, Instant time) {
    return Draft.at(time, "system.sampled")
        .with("service", service)
        .with("metric", metric)
        .with("value", ApiTraffic.tenths(value));
  }

  static Draft error(String service, String severity, String fingerprint, Instant time) {
    return Draft.at(time, "error.raised")
        .with("service", service)
        .with("severity", severity)
        .with("fingerprint", fingerprint);
  }
}
