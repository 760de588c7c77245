package io.tidewatch.bench.noise;

import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.company.Company;
import io.tidewatch.local.demo.AlertMessage;
import io.tidewatch.local.demo.Findings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
          + " false alarms: those with no incident behind them, and no customer who got into trouble"
          + " by itself.",
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
      names = "--first-seed",
      paramLabel = "N",
      description = "The seed of the first, the others follow (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private long firstSeed;

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
    List<AlertMessage> falseAlarms = new ArrayList<>();
    List<AlertMessage> ofTroubledCustomers = new ArrayList<>();
    long missed = 0;
    double weeks = 0;
    Delays delays = new Delays(new RuleWindows(settings.definitions().rules()));
    for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
      Life life = new Life(seed, customers, Company.HISTORY);
      Findings findings = new NoiseRun(settings).of(life);
      falseAlarms.addAll(findings.falseAlarms());
      ofTroubledCustomers.addAll(findings.ofTroubledCustomers());
      delays.add(findings);
      weeks += life.weeks();
      missed += findings.catches().size() - findings.caught();
      print(seed, findings);
    }
    System.out.println(
        "customers in trouble by themselves: " + Findings.byRule(ofTroubledCustomers));
    System.out.println("false alarms: " + Findings.byRule(falseAlarms));
    delays.print(System.out);
    double perWeek = falseAlarms.size() / weeks;
    System.out.printf(
        "false_alarms_per_week=%.2f customer_alerts_per_week=%.2f missed=%d"
            + " median_delay_windows=%.2f%n",
        perWeek, ofTroubledCustomers.size() / weeks, missed, delays.median());
    return perWeek < 1 && missed == 0 && delays.median() < MOST_WINDOWS ? 0 : 1;
  }

  private static void print(long seed, Findings findings) {
    System.out.printf(
        "seed %d: %d of %d incidents noticed%s; alerts of customers in trouble by themselves: %d;"
            + " false alarms: %d%n",
        seed,
        findings.caught(),
        findings.catches().size(),
        findings.catches().entrySet().stream()
            .filter(entry -> entry.getValue().isEmpty())
            .map(entry -> ", not " + entry.getKey().name())
            .collect(Collectors.joining()),
        findings.ofTroubledCustomers().size(),
        findings.falseAlarms().size());
    findings
        .falseAlarms()
        .forEach(
            alert ->
                System.out.printf(
                    "  %s %s %s: %s%n",
                    alert.changedAt(), alert.rule(), alert.series(), alert.summary()));
  }
}
