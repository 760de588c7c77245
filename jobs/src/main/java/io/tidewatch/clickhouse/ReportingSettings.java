package io.tidewatch.clickhouse;

import static java.util.stream.Collectors.joining;

import io.tidewatch.currency.FxRate;
import io.tidewatch.currency.ReportingCurrency;
import io.tidewatch.revenue.UnitEconomics;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Tells views what the configuration says about how they count: by {@code v_reporting_settings}, a
 * view of one row, replaced when the configuration differs, and by the configured rates in {@code
 * fx_rates}.
 */
public final class ReportingSettings {

  private static final String VIEW = "tidewatch.v_reporting_settings";

  private static final int RATES_AT_ONCE = 1_000;

  private final ClickHouse clickHouse;

  public ReportingSettings(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /**
   * Changes what differs; it comes after the migrations.
   *
   * @param zone whose midnights begin days
   * @return the statements that changed the view
   * @throws ClickHouseException if ClickHouse refuses a statement or can't be reached
   */
  public List<String> apply(
      ZoneId zone, Optional<ReportingCurrency> currency, UnitEconomics economics) {
    currency.ifPresent(reporting -> insert(reporting.rates()));
    String wanted =
        """
        SELECT
          %s AS timezone,
          %s AS currency,
          CAST(%s AS Nullable(Decimal(38, 4))) AS gross_margin,
          CAST('%s' AS Decimal(38, 4)) AS monthly_sales_and_marketing"""
            .formatted(
                SqlText.literal(name(zone)),
                SqlText.literal(currency.map(ReportingCurrency::code).orElse("")),
                economics
                    .grossMargin()
                    .map(margin -> SqlText.literal(margin.toPlainString()))
                    .orElse("NULL"),
                economics.monthlySalesAndMarketing().toPlainString());
    if (clickHouse.query(wanted).equals(clickHouse.query("SELECT * FROM " + VIEW))) {
      return List.of();
    }
    String replace =
        "CREATE OR REPLACE VIEW %s DEFINER = CURRENT_USER SQL SECURITY DEFINER AS %s"
            .formatted(VIEW, wanted);
    clickHouse.execute(replace);
    return List.of(replace);
  }

  /** Those that are there already are replaced by themselves. */
  private void insert(List<FxRate> rates) {
    for (int from = 0; from < rates.size(); from += RATES_AT_ONCE) {
      clickHouse.execute(
          rates.subList(from, Math.min(from + RATES_AT_ONCE, rates.size())).stream()
              .map(
                  rate ->
                      "('%s', '%s', '%s', %s, %d)"
                          .formatted(
                              rate.currency(),
                              rate.quoteCurrency(),
                              rate.day(),
                              SqlText.literal(rate.rate().toPlainString()),
                              rate.version()))
              .collect(
                  joining(
                      ", ",
                      "INSERT INTO tidewatch.fx_rates"
                          + " (currency, quote_currency, day, rate, version) VALUES ",
                      "")));
    }
  }

  /** As ClickHouse calls it: an offset is no zone of its database. */
  private static String name(ZoneId zone) {
    if (!(zone.normalized() instanceof ZoneOffset offset)) {
      return zone.getId();
    }
    if (offset.equals(ZoneOffset.UTC)) {
      return "UTC";
    }
    boolean withSeconds = offset.getTotalSeconds() % 60 != 0;
    return "Fixed/UTC" + offset.getId() + (withSeconds ? "" : ":00");
  }
}
