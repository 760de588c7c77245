package io.tidewatch.clickhouse;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a sink gathers rows and how long it bears with a ClickHouse that is away.
 *
 * <p>While event time is more than a day behind the clock, as in a backfill, four times as many
 * rows are gathered for four times as long. Long rows are written sooner.
 *
 * @param rows written at once when so many have gathered
 * @param interval written at the latest so long after the first of them came
 * @param patience how long to wait for ClickHouse before the job fails and restarts from its last
 *     checkpoint; nothing is lost either way
 */
public record Batching(int rows, Duration interval, Duration patience) implements Serializable {

  public static final Batching DEFAULT =
      new Batching(5_000, Duration.ofSeconds(1), Duration.ofMinutes(30));

  private static final int LARGER_IN_THE_PAST = 4;

  /**
   * @throws IllegalArgumentException if a value is not positive
   */
  public Batching {
    if (rows < 1 || interval.toMillis() < 1 || patience.toMillis() < 1) {
      throw new IllegalArgumentException(
          "Batching needs at least one row, a positive interval and a positive patience");
    }
  }

  /** For rows of the past: ClickHouse has less to merge of larger batches. */
  Batching ofThePast() {
    return new Batching(
        Math.multiplyExact(rows, LARGER_IN_THE_PAST),
        interval.multipliedBy(LARGER_IN_THE_PAST),
        patience);
  }
}
