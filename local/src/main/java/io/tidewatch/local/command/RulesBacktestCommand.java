package io.tidewatch.local.command;

import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.ClickHouseAccess;
import io.tidewatch.local.UserException;
import io.tidewatch.local.rules.Backtest;
import io.tidewatch.local.rules.BacktestReport;
import io.tidewatch.local.rules.Moment;
import io.tidewatch.local.rules.RuleFile;
import io.tidewatch.rules.Rule;
import io.tidewatch.rules.RuleDocument;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidewatch rules backtest --rule FILE --from T --to T}. */
@Command(
    name = "backtest",
    description = {
      "Plays a rule on the history in ClickHouse, by the evaluator that the job uses: when it would"
          + " have fired and resolved, how long, and how often a week. With the stack up or"
          + " stopped.",
      "What a baseline looks back on is read from before --from. Windows are as they are now, with"
          + " corrections that came late. Muted alerts count from when they are heard of, and those"
          + " that are not told, for a mute or for max_alerts, are counted apart."
    })
public final class RulesBacktestCommand implements Runnable {

  @Mixin private CommonOptions options;

  @Option(
      names = "--rule",
      paramLabel = "FILE",
      required = true,
      description = "The rule, alone in its file or as FILE#NAME.")
  private String file;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      required = true,
      description = "A day or a time, such as 2026-03-02 or 2026-03-02T10:00.")
  private String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Likewise (default: now).")
  private String to;

  @Override
  public void run() {
    TidewatchSettings settings = options.settings();
    Rule rule = rule(settings);
    Instant begin = Moment.parse(from, settings.reporting().zone());
    Instant end = to == null ? Instant.now() : Moment.parse(to, settings.reporting().zone());
    if (!begin.isBefore(end)) {
      throw new UserException("--from must be before --to.");
    }
    try (ClickHouseAccess access = ClickHouseAccess.open(options.dataDirectory())) {
      Backtest.Outcome outcome =
          new Backtest(access.client("tidewatch"), settings.reporting().zone(), begin, end)
              .run(rule);
      boolean isTerminal = System.console() != null;
      new BacktestReport(rule, begin, end, settings.reporting().zone())
          .lines(outcome, isTerminal)
          .forEach(System.out::println);
    }
  }

  private Rule rule(TidewatchSettings settings) {
    List<RuleDocument> documents = RuleFile.read(file, settings.definitions().ruleParser());
    if (documents.size() > 1) {
      throw new UserException(
          "%s has %d rules: name one as %s#NAME.".formatted(file, documents.size(), file));
    }
    if (documents.get(0).rule() == null) {
      throw new UserException("The rule is off and says nothing more.");
    }
    return documents.get(0).rule();
  }
}
