package io.tidewatch.local.command;

import io.tidewatch.clickhouse.Roles;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.ClickHouseAccess;
import io.tidewatch.local.stack.Schema;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidewatch migrate}: brings ClickHouse's schema, retention and roles up to date. */
@Command(
    name = "migrate",
    description = {
      "Brings ClickHouse up to date: schema, retention, how views count, and roles where the server keeps them.",
      "The server is the one that CLICKHOUSE_URL names, else the data directory's."
    })
public final class MigrateCommand implements Runnable {

  @Mixin private CommonOptions options;

  @Override
  public void run() {
    TidewatchSettings settings = options.settings();
    try (ClickHouseAccess access = ClickHouseAccess.open(options.dataDirectory())) {
      Schema schema = new Schema(access.client("default"));
      say(schema.migrate(), "schema: up to date");
      say(schema.keep(settings.clickHouse().retention()), "retention: as configured");
      say(schema.report(settings), "reporting: as configured");
      System.out.println(
          schema.grant() == Roles.Outcome.APPLIED
              ? "roles: applied"
              : "roles: none, this server does not let this user make them");
    }
  }

  private static void say(List<String> applied, String otherwise) {
    applied.forEach(change -> System.out.println("applied " + change));
    if (applied.isEmpty()) {
      System.out.println(otherwise);
    }
  }
}
