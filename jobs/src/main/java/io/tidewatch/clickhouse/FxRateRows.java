package io.tidewatch.clickhouse;

import static java.util.stream.Collectors.joining;

import io.tidewatch.currency.FxRate;
import java.util.List;

/** Puts the configured rates into {@code fx_rates}, beside those that the job puts there. */
public final class FxRateRows {

  private static final int ROWS_AT_ONCE = 1_000;

  private static final String INSERT =
      "INSERT INTO tidewatch.fx_rates (currency, quote_currency, day, rate, version) VALUES ";

  private final ClickHouse clickHouse;

  public FxRateRows(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /**
   * Writes rates; those that are there already are replaced by themselves.
   *
   * @throws ClickHouseException if ClickHouse refuses a statement or can't be reached
   */
  public void write(List<FxRate> rates) {
    for (int from = 0; from < rates.size(); from += ROWS_AT_ONCE) {
      List<FxRate> some = rates.subList(from, Math.min(from + ROWS_AT_ONCE, rates.size()));
      clickHouse.execute(some.stream().map(FxRateRows::row).collect(joining(", ", INSERT, "")));
    }
  }

  private static String row(FxRate rate) {
    return "('%s', '%s', '%s', '%s', %d)"
        .formatted(
            rate.currency(),
            rate.quoteCurrency(),
            rate.day(),
            rate.rate().toPlainString(),
            rate.version());
  }
}
