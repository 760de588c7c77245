package io.tidewatch.clickhouse;

import static java.util.stream.Collectors.joining;

import io.tidewatch.targets.KpiTarget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps {@code kpi_targets} as the configuration names them. */
public final class KpiTargetRows {

  private static final String COLUMNS =
      "target, metric, value, lower_is_better, by_date, phase, owner";

  private static final String CONFIGURED =
      """
      SELECT %s
      FROM values(
        'target String, metric String, value Float64, lower_is_better UInt8, by_date Date,
        phase String, owner String',
        %s)
      ORDER BY target""";

  private final ClickHouse clickHouse;

  public KpiTargetRows(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /**
   * Writes the targets, and takes back those that are not among them.
   *
   * @return the statements that were run: none if they are there already, and no others
   * @throws ClickHouseException if ClickHouse refuses a statement or can't be reached
   */
  public List<String> write(List<KpiTarget> targets) {
    String kept = "SELECT %s FROM tidewatch.v_kpi_targets ORDER BY target".formatted(COLUMNS);
    List<String> statements = new ArrayList<>();
    if (targets.isEmpty()) {
      if (!clickHouse.query(kept).isEmpty()) {
        statements.add(removal("1 = 1"));
      }
    } else if (!clickHouse.query(configured(targets)).equals(clickHouse.query(kept))) {
      statements.add(
          removal(
              targets.stream()
                  .map(target -> SqlText.literal(target.name()))
                  .collect(joining(", ", "target NOT IN (", ")"))));
      statements.add(insert("0", "(" + configured(targets) + ")", "1 = 1"));
    }
    statements.forEach(clickHouse::execute);
    return List.copyOf(statements);
  }

  private static String removal(String which) {
    return insert("1", "tidewatch.v_kpi_targets", which);
  }

  /** A version above all there are, so that the newest word counts. */
  private static String insert(String isDeleted, String from, String which) {
    return """
        INSERT INTO tidewatch.kpi_targets (%1$s, version, is_deleted)
        SELECT %1$s, (SELECT max(version) + 1 FROM tidewatch.kpi_targets), %2$s
        FROM %3$s
        WHERE %4$s"""
        .formatted(COLUMNS, isDeleted, from, which);
  }

  private static String configured(List<KpiTarget> targets) {
    return CONFIGURED.formatted(
        COLUMNS,
        targets.stream()
            .sorted(Comparator.comparing(KpiTarget::name))
            .map(KpiTargetRows::row)
            .collect(joining(", ")));
  }

  private static String row(KpiTarget target) {
    return "(%s, %s, %s, %d, '%s', %s, %s)"
        .formatted(
            SqlText.literal(target.name()),
            SqlText.literal(target.metric()),
            target.value().toPlainString(),
            target.lowerIsBetter() ? 1 : 0,
            target.by(),
            SqlText.literal(target.phase()),
            SqlText.literal(target.owner()));
  }
}
