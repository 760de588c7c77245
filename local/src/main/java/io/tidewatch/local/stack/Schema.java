package io.tidewatch.local.stack;

import io.tidewatch.clickhouse.ClickHouse;
import io.tidewatch.clickhouse.FxRateRows;
import io.tidewatch.clickhouse.KpiTargetRows;
import io.tidewatch.clickhouse.Migrations;
import io.tidewatch.clickhouse.Retention;
import io.tidewatch.clickhouse.Roles;
import io.tidewatch.clickhouse.SchemaFiles;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.UserException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Brings a ClickHouse to the schema that this program was built with. */
public final class Schema {

  private final ClickHouse clickHouse;
  private final SchemaFiles files = SchemaFiles.packaged();

  public Schema(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /**
   * Runs the migrations that have not run yet.
   *
   * @return their names
   * @throws UserException if one that ran before has been changed since
   */
  public List<String> migrate() {
    try {
      return new Migrations(clickHouse).apply(files.migrations());
    } catch (IllegalStateException e) {
      throw new UserException(e.getMessage() + ".", e);
    }
  }

  /**
   * Has tables keep rows for so long.
   *
   * @return the statements that changed a table
   * @throws UserException if there is no such table
   */
  public List<String> keep(Map<String, Duration> retention) {
    try {
      return new Retention(clickHouse).apply(retention);
    } catch (IllegalArgumentException e) {
      throw new UserException(e.getMessage() + ".", e);
    }
  }

  /**
   * Has views count as configured, by the configured rates and targets too.
   *
   * @return the statements that changed a view or the targets
   */
  public List<String> report(TidewatchSettings settings) {
    settings
        .reporting()
        .currency()
        .ifPresent(currency -> new FxRateRows(clickHouse).write(currency.rates()));
    List<String> changes = new ArrayList<>(settings.reporting().applyTo(clickHouse));
    changes.addAll(new KpiTargetRows(clickHouse).write(settings.definitions().targets()));
    return changes;
  }

  /** Gives each role its rights, where the server keeps roles. */
  public Roles.Outcome grant() {
    return new Roles(clickHouse).apply(files.roles());
  }
}
