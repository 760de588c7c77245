package io.tidewatch.local.command;

import io.tidewatch.local.ClickHouseAccess;
import io.tidewatch.local.UserException;
import io.tidewatch.local.alerts.AlertEntry;
import io.tidewatch.local.alerts.AlertEntry.Acknowledgement;
import io.tidewatch.local.alerts.AlertListing;
import io.tidewatch.local.alerts.AlertLog;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidewatch alerts ack ID}: somebody takes care of an alert. */
@Command(
    name = "ack",
    description = {
      "Notes that you take care of an alert; others see it in 'tidewatch alerts'.",
      "The alert goes on firing until it is over."
    })
public final class AcknowledgeCommand implements Runnable {

  @Mixin private CommonOptions options;

  @Parameters(
      paramLabel = "ID",
      description = "The alert's id, or as much of its beginning as it takes.")
  private String id;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who you are (default: ${DEFAULT-VALUE}).",
      defaultValue = "${sys:user.name}")
  private String by;

  @Override
  public void run() {
    if (id.isBlank() || by.isBlank()) {
      throw new UserException("ID and NAME must not be empty.");
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    AlertListing listing = new AlertListing(options.settings().reporting().zone(), now);
    try (ClickHouseAccess access = ClickHouseAccess.open(options.dataDirectory())) {
      AlertLog log = new AlertLog(access.client("tidewatch"));
      AlertEntry alert = log.get(id);
      Acknowledgement known = log.acknowledge(alert, by, now);
      System.out.printf(
          "%s %s: %s takes care of it since %s%n",
          alert.rule(), alert.id(), known.by(), listing.moment(known.at()));
    }
  }
}
