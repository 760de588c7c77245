package io.tidewatch.local.command;

import io.tidewatch.local.ClickHouseAccess;
import io.tidewatch.local.Count;
import io.tidewatch.local.UserException;
import io.tidewatch.local.alerts.AlertEntry;
import io.tidewatch.local.alerts.AlertListing;
import io.tidewatch.local.alerts.AlertLog;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidewatch alerts}: what fires, since when and why. */
@Command(
    name = "alerts",
    description = {
      "Lists what fires now, since when and why, the gravest first.",
      "Works with the stack up or stopped, and with the server that CLICKHOUSE_URL names."
    },
    subcommands = AcknowledgeCommand.class)
public final class AlertsCommand implements Runnable {

  @Mixin private CommonOptions options;

  @Option(
      names = "--history",
      description = "Lists what fired in the last days too, the newest first.")
  private boolean history;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How far back the history goes (default: ${DEFAULT-VALUE}).",
      defaultValue = "7")
  private int days;

  @Override
  public void run() {
    if (days < 1) {
      throw new UserException("--days must be at least 1.");
    }
    ZoneId zone = options.settings().reporting().zone();
    Instant now = Instant.now();
    try (ClickHouseAccess access = ClickHouseAccess.open(options.dataDirectory())) {
      AlertLog log = new AlertLog(access.client("tidewatch"));
      List<AlertEntry> alerts =
          history ? log.since(now.minus(Duration.ofDays(days))) : log.firing();
      System.out.println(title(alerts.size(), zone));
      new AlertListing(zone, now).lines(alerts).forEach(System.out::println);
    }
  }

  private String title(int alerts, ZoneId zone) {
    String what =
        history
            ? "fired in the last %s".formatted(days == 1 ? "day" : days + " days")
            : alerts == 1 ? "fires" : "fire";
    if (alerts == 0) {
      return history ? "Nothing " + what + "." : "Nothing fires.";
    }
    return "%s %s; times are of %s".formatted(Count.of(alerts, "alert"), what, zone);
  }
}
