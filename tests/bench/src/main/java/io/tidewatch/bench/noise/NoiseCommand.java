package io.tidewatch.bench.noise;

import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.demo.Findings;
import io.tidewatch.rules.CustomerPatternRule;
import io.tidewatch.rules.Rule;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidewatch bench noise}: how often the shipped rules cry wolf. */
@Command(
    name = "noise",
    mixinStandardHelpOptions = true,
    description = {
      "Lets synthetic companies live five weeks through all stages and shipped rules, and counts the"
          + " alerts with no incident behind them; those of single customers by themselves, as"
          + " customers get into trouble without an incident.",
      "Also says which rules noticed incidents first, and after how many of their windows.",
      "Exits with 1 if there is a false alarm a week or more, an incident nobody noticed, or a median"
          + " delay of two windows or more."
    })
public final class NoiseCommand implements Callable<Integer> {

  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "KAFKA_BOOTSTRAP", "none",
          "CLICKHOUSE_URL", "http://none",
          "TIDEWATCH_PSEUDONYM_KEY", "none");

  private static final double MOST_WINDOWS = 2;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How many companies (default: ${DEFAULT-VALUE}).",
      defaultValue = "10")
  private int seeds;

  @Option(
      names = "--customers",
      paramLabel = "N",
      description = "How many customers each begins with (default: ${DEFAULT-VALUE}).",
      defaultValue = "300")
  private int customers;

  @Option(
      names = "--conf",
      paramLabel = "DIR",
      description = "Where the configuration is (default: flink-conf).",
      defaultValue = "${sys:tidewatch.home:-.}/flink-conf")
  private Path configuration;

  @Override
  public Integer call() throws Exception {
    TidewatchSettings settings =
        TidewatchSettings.load(configuration.resolve("tidewatch.yaml"), ENVIRONMENT);
    Set<String> ofCustomers =
        settings.rules().of(CustomerPatternRule.class).stream()
            .map(Rule::name)
            .collect(Collectors.toSet());
    ofCustomers.add("payment_failure");
    Map<String, Integer> unmatched = new TreeMap<>();
    long missed = 0;
    Delays delays = new Delays(settings.rules());
    for (long seed = 1; seed <= seeds; seed++) {
      Findings findings = new NoiseRun(settings).of(new Life(seed, customers));
      findings.unmatched().forEach((rule, number) -> unmatched.merge(rule, number, Integer::sum));
      delays.add(findings);
      missed += findings.catches().size() - findings.caught();
      System.out.printf(
          "seed %d: %d of %d incidents noticed%s; without one: %s%n",
          seed,
          findings.caught(),
          findings.catches().size(),
          findings.catches().entrySet().stream()
              .filter(entry -> entry.getValue().isEmpty())
              .map(entry -> ", not " + entry.getKey().name())
              .collect(Collectors.joining()),
          findings.unmatched());
    }
    double weeks = seeds * Life.weeks();
    double falseAlarms = perWeek(unmatched, weeks, ofCustomers, false);
    unmatched.forEach(
        (rule, number) ->
            System.out.printf("%s: %.2f a week without an incident%n", rule, number / weeks));
    delays.print(System.out);
    System.out.printf(
        "false_alarms_per_week=%.2f customer_alerts_per_week=%.2f missed=%d"
            + " median_delay_windows=%.1f%n",
        falseAlarms, perWeek(unmatched, weeks, ofCustomers, true), missed, delays.median());
    return falseAlarms < 1 && missed == 0 && delays.median() < MOST_WINDOWS ? 0 : 1;
  }

  private static double perWeek(
      Map<String, Integer> unmatched, double weeks, Set<String> ofCustomers, boolean customers) {
    return unmatched.entrySet().stream()
            .filter(entry -> ofCustomers.contains(entry.getKey()) == customers)
            .mapToInt(Map.Entry::getValue)
            .sum()
        / weeks;
  }
}
