package io.tidewatch.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * The requests that every contender reads: the same for the same size, on any machine.
 *
 * <p>They are spread evenly over {@link #SPAN} of event time, so each window of a minute has a
 * twentieth of them, and arrive out of order by less than {@link #DISORDER}.
 *
 * @param requests how many there are
 */
record Workload(long requests) {

  static final int CUSTOMERS = 10_000;
  static final int ENDPOINTS = 50;
  static final int PARTITIONS = 2;
  static final Instant BEGIN = Instant.parse("2026-01-05T00:00:00Z");
  static final Duration SPAN = Duration.ofMinutes(20);
  static final Duration DISORDER = Duration.ofSeconds(2);

  /** Everything before this is to be aggregated. */
  static final Instant END = BEGIN.plus(SPAN);

  private static final long SEED = 0x7469646577617463L;

  /** The n-th request, from 0. */
  Request request(long number) {
    SplittableRandom random = new SplittableRandom(SEED + number);
    long arrival = BEGIN.toEpochMilli() + number * SPAN.toMillis() / requests;
    long time = Math.max(BEGIN.toEpochMilli(), arrival - random.nextLong(DISORDER.toMillis()));
    return new Request(
        number,
        random.nextLong(),
        arrival,
        time,
        random.nextInt(CUSTOMERS),
        random.nextInt(ENDPOINTS),
        random.nextInt(50) == 0 ? 503 : 200,
        5 + random.nextInt(900),
        random.nextInt(1_000_000));
  }

  /** Ends each partition: its time closes every window that is compared, and its own never is. */
  Request closing() {
    long time = END.plus(Duration.ofMinutes(10)).toEpochMilli();
    return new Request(requests, 0, time, time, 0, 0, 200, 1, 0);
  }
}
