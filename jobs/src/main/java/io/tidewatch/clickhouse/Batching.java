package io.tidewatch.clickhouse;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a sink gathers rows and how long it bears with a ClickHouse that is away.
 *
 * @param rows written at once when so many have gathered
 * @param interval written at the latest so long after the first of them came
 * @param patience how long to wait for ClickHouse before the job fails and restarts from its last
 *     checkpoint; nothing is lost either way
 */
public record Batching(int rows, Duration interval, Duration patience) implements Serializable {

  public static final Batching DEFAULT =
      new Batching(5_000, Duration.ofSeconds(1), Duration.ofMinutes(30));

  /**
   * @throws IllegalArgumentException if a value is not positive
   */
  public Batching {
    if (rows < 1 || interval.toMillis() < 1 || patience.toMillis() < 1) {
      throw new IllegalArgumentException(
          "Batching needs at least one row, a positive interval and a positive patience");
    }
  }
}
