package io.tidewatch.clickhouse.verify;

/**
 * A window in which the job and the facts disagree.
 *
 * @param windowStart as ClickHouse prints it, UTC
 * @param expected what the facts give; null if they give no row
 * @param written what the job wrote as final; null if it wrote none
 */
public record Difference(
    String metric,
    String window,
    String series,
    String windowStart,
    String expected,
    String written) {

  /** A sentence for the person who looks into it. */
  @Override
  public String toString() {
    return "%s %s %s%s: facts give %s, the job wrote %s"
        .formatted(
            metric,
            window,
            windowStart,
            series.isEmpty() ? "" : " " + series,
            expected == null ? "no row" : expected,
            written == null ? "no final row" : written);
  }
}
