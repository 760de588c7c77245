package io.tidewatch.bench.noise;

import io.tidewatch.local.company.Incident;
import io.tidewatch.local.company.IncidentKind;
import io.tidewatch.local.demo.AlertMessage;
import io.tidewatch.local.demo.Findings;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How long incidents lasted before a rule noticed them, in windows of the rule that did so first.
 */
final class Delays {

  private static final int SECONDS_OF_MINUTE = 60;

  private final RuleWindows windows;
  private final Map<IncidentKind, List<Catch>> byKind = new EnumMap<>(IncidentKind.class);

  private record Catch(AlertMessage alert, Duration delay, double windows) {
    double minutes() {
      return delay.toMillis() / 1000.0 / SECONDS_OF_MINUTE;
    }
  }

  Delays(RuleWindows windows) {
    this.windows = windows;
  }

  void add(Findings findings) {
    findings.catches().forEach((incident, first) -> first.ifPresent(alert -> add(incident, alert)));
  }

  private void add(Incident incident, AlertMessage alert) {
    Duration delay = Duration.between(incident.startedAt(), alert.changedAt());
    double ofWindows = (double) delay.toMillis() / windows.of(alert.rule()).toMillis();
    byKind
        .computeIfAbsent(incident.kind(), kind -> new ArrayList<>())
        .add(new Catch(alert, delay, ofWindows));
  }

  /** NaN if nothing was noticed. */
  double median() {
    return median(byKind.values().stream().flatMap(List::stream).toList(), Catch::windows);
  }

  void print(PrintStream out) {
    byKind.forEach(
        (kind, catches) ->
            out.printf(
                "%-20s noticed %2d times, after %.2f windows (median; at most %.2f), %.1f min; first"
                    + " by %s%n",
                kind.label(),
                catches.size(),
                median(catches, Catch::windows),
                catches.stream().mapToDouble(Catch::windows).max().orElseThrow(),
                median(catches, Catch::minutes),
                Findings.byRule(catches.stream().map(Catch::alert).toList())));
  }

  private static double median(List<Catch> catches, ToDoubleFunction<Catch> figure) {
    double[] sorted = catches.stream().mapToDouble(figure).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
