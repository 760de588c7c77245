package io.tidewatch.bench.noise;

import io.tidewatch.local.company.Incident;
import io.tidewatch.local.demo.AlertMessage;
import io.tidewatch.local.demo.Findings;
import io.tidewatch.metrics.WindowSize;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.RuleCatalogue;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long incidents lasted before a rule noticed them, in windows of the rule that did so first;
 * of a minute, where it watches no windows.
 */
final class Delays {

  private static final Duration OF_EVENTS = Duration.ofMinutes(1);

  private final Map<String, Duration> windows = new HashMap<>();
  private final Map<String, List<Double>> byRule = new TreeMap<>();

  Delays(RuleCatalogue rules) {
    rules
        .of(MetricRule.class)
        .forEach(
            rule ->
                WindowSize.of(rule.window())
                    .ifPresent(size -> windows.put(rule.name(), size.nominal())));
  }

  void add(Findings findings) {
    findings.catches().forEach((incident, first) -> first.ifPresent(alert -> add(incident, alert)));
  }

  private void add(Incident incident, AlertMessage alert) {
    Duration delay = Duration.between(incident.startedAt(), alert.changedAt());
    Duration window = windows.getOrDefault(alert.rule(), OF_EVENTS);
    byRule
        .computeIfAbsent(alert.rule(), rule -> new ArrayList<>())
        .add((double) delay.toMillis() / window.toMillis());
  }

  /** NaN if nothing was noticed. */
  double median() {
    return median(byRule.values().stream().flatMap(List::stream).toList());
  }

  void print(PrintStream out) {
    byRule.forEach(
        (rule, delays) ->
            out.printf(
                "%s: noticed %d first, after %.1f windows (median)%n",
                rule, delays.size(), median(delays)));
  }

  private static double median(List<Double> delays) {
    List<Double> sorted = delays.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }
}
