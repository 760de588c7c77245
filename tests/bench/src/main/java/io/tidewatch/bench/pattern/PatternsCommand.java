package io.tidewatch.bench.pattern;

import io.tidewatch.bench.BenchOptions;
import io.tidewatch.local.UserException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidewatch bench patterns}: how fast patterns are matched. */
@Command(
    name = "patterns",
    mixinStandardHelpOptions = true,
    description = {
      "Matches metric-spike and revenue-drop in windows of many series, one each round, on RocksDB"
          + " with incremental checkpoints every 5 s, in 2 subtasks.",
      "Alerts must be equal to those of a plain loop over the windows, after a failure and after"
          + " rescaling too, or it exits with 1."
    })
public final class PatternsCommand implements Callable<Integer> {

  /** Flink's own operator needs seconds for a round. */
  private static final int ROUNDS_OF_FLINKS = 30;

  private static final int ROUNDS_TO_BE_WARM = 60;
  private static final int MOST_ROUNDS_DISTURBED = 60;

  @Mixin private BenchOptions options;

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
      defaultValue = "400")
  private int rounds;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Only these, of: ${COMPLETION-CANDIDATES}.")
  private Set<Variant> only = new TreeSet<>(Arrays.asList(Variant.values()));

  @Option(
      names = "--checkpoint-every",
      paramLabel = "SECONDS",
      description = "Default: ${DEFAULT-VALUE}.",
      defaultValue = "5")
  private double checkpointEvery;

  @Override
  public Integer call() throws Exception {
    if (series < 1 || rounds < 2) {
      throw new UserException("There must be a series and two rounds, at least.");
    }
    warmUp();
    boolean equal = true;
    List<String> figures = new ArrayList<>();
    System.out.println(Result.HEADER);
    for (Variant variant : only) {
      Result result = measure(variant);
      System.out.println(result.line());
      equal &= result.isEqual();
      figures.add(
          "%s=%.0f".formatted(variant.name().toLowerCase(Locale.ROOT), result.windowsPerSecond()));
    }
    System.out.println(String.join(" ", figures) + " alerts=" + (equal ? "equal" : "different"));
    return equal ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  /** As a job that has been running for a while. */
  private void warmUp() throws Exception {
    measure(Variant.STORMS, Math.min(rounds, ROUNDS_TO_BE_WARM));
  }

  private Result measure(Variant variant) throws Exception {
    return measure(variant, roundsOf(variant));
  }

  private Result measure(Variant variant, int rounds) throws Exception {
    return options.inOwnDirectory(
        "patterns-",
        own ->
            new PatternRun(options.conf(), own, Duration.ofMillis((long) (checkpointEvery * 1000)))
                .measure(variant, series, rounds));
  }

  private int roundsOf(Variant variant) {
    if (variant.isFlinks()) {
      return Math.min(rounds, ROUNDS_OF_FLINKS);
    }
    return variant.disturbance() == Variant.Disturbance.NONE
        ? rounds
        : Math.min(rounds, MOST_ROUNDS_DISTURBED);
  }
}
