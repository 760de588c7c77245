package io.tidewatch.local.command;

import io.tidewatch.local.ClickHouseAccess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidewatch sql QUERY}: the answer on standard output, and nothing else. */
@Command(
    name = "sql",
    description = {
      "Asks ClickHouse and prints the rows, tab-separated below a line of column names.",
      "Works with the stack up or stopped, and with the server that CLICKHOUSE_URL names."
    })
public final class SqlCommand implements Runnable {

  @Mixin private CommonOptions options;

  @Option(
      names = "--database",
      paramLabel = "NAME",
      description = "The database of names without one (default: ${DEFAULT-VALUE}).",
      defaultValue = "tidewatch")
  private String database;

  @Parameters(paramLabel = "QUERY", description = "One statement of SQL.")
  private String query;

  @Override
  public void run() {
    try (ClickHouseAccess access = ClickHouseAccess.open(options.dataDirectory())) {
      access.client(database).copy(query, System.out);
    }
  }
}
