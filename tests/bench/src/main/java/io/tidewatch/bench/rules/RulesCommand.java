package io.tidewatch.bench.rules;

import io.tidewatch.bench.BenchOptions;
import io.tidewatch.local.UserException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidewatch bench rules}: what a window costs where there are many rules. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = {
      "Judges the windows of many series, one each round, by rules on limits, on RocksDB in 2"
          + " subtasks: by all rules, spread over the metrics, and by those of one metric alone.",
      "A window is judged by the same number of rules in both, so that the difference is what the"
          + " other rules cost it."
    })
public final class RulesCommand implements Callable<Integer> {

  @Mixin private BenchOptions options;

  @Option(
      names = "--rules",
      paramLabel = "N",
      description = "How many rules there are (default: ${DEFAULT-VALUE}).",
      defaultValue = "1000")
  private int rules;

  @Option(
      names = "--metrics",
      paramLabel = "N",
      description = "How many metrics they are spread over (default: ${DEFAULT-VALUE}).",
      defaultValue = "100")
  private int metrics;

  @Option(
      names = "--series",
      paramLabel = "N",
      description = "How many series there are (default: ${DEFAULT-VALUE}).",
      defaultValue = "10000")
  private int series;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How many windows each series has (default: ${DEFAULT-VALUE}).",
      defaultValue = "100")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    if (metrics < 1 || rules < metrics || series < 1 || rounds < 1) {
      throw new UserException("There must be a rule for each metric, a series and a round.");
    }
    RulesRun.Load all = new RulesRun.Load(rules, metrics, series, rounds);
    RulesRun.Load few = new RulesRun.Load(all.rulesPerWindow(), 1, series, rounds);
    measure(few);
    double microsOfFew = print("the rules of one metric", few);
    double microsOfAll = print("all rules", all);
    System.out.printf(
        "rules=%d series=%d micros_per_window=%.1f micros_without_the_other_rules=%.1f%n",
        rules, series, microsOfAll, microsOfFew);
    return CommandLine.ExitCode.OK;
  }

  private double print(String name, RulesRun.Load load) throws Exception {
    Duration took = measure(load);
    double micros = took.toNanos() / 1000.0 / load.windows();
    System.out.printf(
        "%-24s %,6d rules, %3d of them watch each window: %,9d windows in %5.1f s, %5.1f µs each%n",
        name,
        load.rules(),
        load.rulesPerWindow(),
        load.windows(),
        took.toMillis() / 1000.0,
        micros);
    return micros;
  }

  private Duration measure(RulesRun.Load load) throws Exception {
    return options.inOwnDirectory("rules-", own -> RulesRun.measure(options.conf(), own, load));
  }
}
