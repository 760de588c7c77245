package io.tidewatch.clickhouse;

import io.tidewatch.revenue.UnitEconomics;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Tells views what the configuration says about how they count, by {@code v_reporting_settings}: a
 * view of one row, replaced when the configuration differs.
 */
public final class ReportingSettings {

  private static final String VIEW = "tidewatch.v_reporting_settings";

  private final ClickHouse clickHouse;

  public ReportingSettings(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /**
   * Changes what differs; it comes after the migrations.
   *
   * @param zone whose midnights begin days
   * @return the statements that were run
   * @throws ClickHouseException if ClickHouse refuses a statement or can't be reached
   */
  public List<String> apply(ZoneId zone, UnitEconomics economics) {
    String wanted =
        """
        SELECT
          %s AS timezone,
          CAST(%s AS Nullable(Decimal(38, 4))) AS gross_margin,
          CAST('%s' AS Decimal(38, 4)) AS monthly_sales_and_marketing"""
            .formatted(
                SqlText.literal(name(zone)),
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
