package io.tidewatch.clickhouse;

import io.tidewatch.currency.ReportingCurrency;
import io.tidewatch.revenue.UnitEconomics;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * In whose days, in which currency and by which unit economics figures are reported. Views read it
 * in {@code v_reporting_settings}, a view of one row that is replaced when the configuration
 * differs.
 *
 * @param zone whose midnights begin days
 * @param currency that money is reported in, with its rates; without one amounts add as they are
 * @param economics what the economics of a customer need to know beside events
 */
public record ReportingSettings(
    ZoneId zone, Optional<ReportingCurrency> currency, UnitEconomics economics) {

  private static final String VIEW = "tidewatch.v_reporting_settings";

  /**
   * Whether the views of a ClickHouse count like this.
   *
   * @throws ClickHouseException if ClickHouse refuses a query or can't be reached
   */
  public boolean areThoseOf(ClickHouse clickHouse) {
    return clickHouse.query(row()).equals(clickHouse.query("SELECT * FROM " + VIEW));
  }

  /**
   * Has the views of a ClickHouse count like this; it comes after the migrations.
   *
   * @return the statements that were run: none if they do already
   * @throws ClickHouseException if ClickHouse refuses a statement or can't be reached
   */
  public List<String> applyTo(ClickHouse clickHouse) {
    if (areThoseOf(clickHouse)) {
      return List.of();
    }
    String replace =
        "CREATE OR REPLACE VIEW %s DEFINER = CURRENT_USER SQL SECURITY DEFINER AS %s"
            .formatted(VIEW, row());
    clickHouse.execute(replace);
    return List.of(replace);
  }

  private String row() {
    return """
        SELECT
          %s AS timezone,
          %s AS currency,
          CAST(%s AS Nullable(Decimal(38, 4))) AS gross_margin,
          CAST('%s' AS Decimal(38, 4)) AS monthly_sales_and_marketing"""
        .formatted(
            SqlText.literal(zoneName()),
            SqlText.literal(currency.map(ReportingCurrency::code).orElse("")),
            economics
                .grossMargin()
                .map(margin -> SqlText.literal(margin.toPlainString()))
                .orElse("NULL"),
            economics.monthlySalesAndMarketing().toPlainString());
  }

  /** As ClickHouse calls it: an offset is no zone of its database. */
  private String zoneName() {
    if (!(zone.normalized() instanceof ZoneOffset offset)) {
      return zone.getId();
    }
    if (offset.equals(ZoneOffset.UTC)) {
      return "UTC";
    }
    boolean hasSeconds = offset.getTotalSeconds() % 60 != 0;
    return "Fixed/UTC" + offset.getId() + (hasSeconds ? "" : ":00");
  }
}
