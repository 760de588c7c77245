package io.tidewatch.local.command;

import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.clickhouse.verify.Verification;
import io.tidewatch.clickhouse.verify.VerificationReport;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.ClickHouseAccess;
import io.tidewatch.local.UserException;
import io.tidewatch.local.status.ResentEvents;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidewatch verify --day D}: whether the facts give what the job wrote. */
@Command(
    name = "verify",
    description = {
      "Recomputes the metrics of a day from the facts in ClickHouse and compares.",
      "Prints each difference; exits with 0 only if there is none."
    })
public final class VerifyCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;

  @Option(
      names = "--day",
      paramLabel = "DAY",
      required = true,
      description = "A day of the configured time zone, such as 2010-12-01.")
  private String day;

  @Override
  public Integer call() {
    LocalDate date = parse(day);
    TidewatchSettings settings = options.settings();
    try (ClickHouseAccess access = ClickHouseAccess.open(options.dataDirectory())) {
      ClickHouseClient client = access.client("tidewatch");
      if (settings.reporting().currency().isPresent() && !settings.reporting().areThoseOf(client)) {
        throw new UserException(
            "ClickHouse does not convert money as tidewatch.yaml says; run tidewatch migrate.");
      }
      VerificationReport report =
          new Verification(
                  client, settings.reporting().zone(), settings.reporting().currency().isPresent())
              .verify(date, settings.definitions().metrics().metrics());
      print(report, new ResentEvents(client, settings).since(date));
      return report.agrees() ? 0 : 1;
    }
  }

  private static LocalDate parse(String day) {
    try {
      return LocalDate.parse(day);
    } catch (DateTimeParseException e) {
      throw new UserException("--day must be one such as 2010-12-01, not '%s'.".formatted(day), e);
    }
  }

  private void print(VerificationReport report, long resent) {
    report.differences().forEach(System.out::println);
    long unlisted = report.differenceCount() - report.differences().size();
    if (unlisted > 0) {
      System.out.printf("… and %,d more%n", unlisted);
    }
    Map<String, List<String>> leftOut = new TreeMap<>();
    report
        .skipped()
        .forEach((metric, why) -> leftOut.computeIfAbsent(why, w -> new ArrayList<>()).add(metric));
    leftOut.forEach(
        (why, metrics) ->
            System.out.printf("left out, as each %s: %s%n", why, String.join(", ", metrics)));
    System.out.printf(
        "verified %s: %d metrics, %,d rows, %,d differences%s%s; resent events in sources without"
            + " deduplication: %,d%n",
        day,
        report.verified().size(),
        report.compared(),
        report.differenceCount(),
        rowsLeftOut(report.open(), "not yet final"),
        rowsLeftOut(report.capped(), "of capped series"),
        resent);
  }

  private static String rowsLeftOut(long rows, String what) {
    return rows == 0 ? "" : "; left out %,d rows %s".formatted(rows, what);
  }
}
