package io.tidewatch.rules;

import io.tidewatch.config.Problems;
import io.tidewatch.event.EventCatalogue;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.TestMetrics;
import io.tidewatch.rules.stream.RulesStage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Rules as they stand in YAML, over a few metrics. */
public final class TestRules {

  private static final MetricCatalogue METRICS =
      TestMetrics.catalogue(
          """
          - name: api_requests
            unit: count
            inputs: {all: {event: api.request, count: true}}
            by: [[endpoint]]
            windows: [1m, 1h, 1d]
            rolling: [7d]
          - name: response_time_avg
            unit: milliseconds
            inputs: {time: {event: api.request, avg: response_time_ms}}
            windows: [1m, 1h]
          - name: net_revenue
            unit: currency
            inputs:
              paid: {event: payment.succeeded, sum: amount}
              refunded: {event: payment.refunded, sum: amount}
            formula: paid - refunded
            windows: [1d]
          - name: at_risk_customers
            unit: count
            inputs: {all: {event: customer.scored, count: true}}
            windows: [1d]
            settles_after: 15m
          - name: budget_spent_ratio
            unit: ratio
            inputs:
              spend: {event: ad.spend, sum: amount}
              budget: {event: campaign.budget, last: daily_budget}
            formula: spend / budget
            by: [[campaign]]
            windows: [1d]
          """);

  /** When all of them were sent. */
  public static final Instant CHANGED = Instant.parse("2026-03-02T10:30:00Z");

  private TestRules() {}

  /** The rules of a file of this text; what is wrong with it goes to {@code problems}. */
  static RuleCatalogue load(String yaml, Problems problems) {
    return load(yaml, "", problems);
  }

  /** The same beside a calendar of that text. */
  static RuleCatalogue load(String yaml, String calendar, Problems problems) {
    try {
      Path file = Files.createTempDirectory("rules").resolve("alerts.yaml");
      Files.writeString(file, yaml);
      Path beside = file.resolveSibling("calendar.yaml");
      if (!calendar.isEmpty()) {
        Files.writeString(beside, calendar);
      }
      return RuleCatalogue.load(
          file, METRICS, EventCatalogue.names(), BusinessCalendar.load(beside, problems), problems);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A rule of that many lines of YAML beside its name and severity. */
  public static <R extends Rule> R rule(Class<R> kind, String... lines) {
    Problems problems = new Problems();
    RuleCatalogue catalogue = load(yaml(lines), problems);
    problems.throwIfAny();
    return catalogue.of(kind).get(0);
  }

  /** These rules alone, over the metrics of tests. */
  public static RuleBook book(Rule... rules) {
    return new RuleBook(new RuleCatalogue(List.of(rules), BusinessCalendar.EMPTY), parser());
  }

  /** These rules, which nobody changes while the job runs. */
  public static RulesStage.Outputs unchanged(
      StreamExecutionEnvironment environment, List<? extends Rule> rules) {
    return RulesStage.apply(RulesStage.noMessages(environment), book(rules.toArray(Rule[]::new)));
  }

  static RuleParser parser() {
    return new RuleParser(METRICS, EventCatalogue.names(), BusinessCalendar.EMPTY);
  }

  /** A message that applies a rule of that many lines beside its name and severity. */
  public static RuleMessage applied(String name, String... lines) {
    return message(name, document(name, lines));
  }

  /** A message that a rule is off. */
  public static RuleMessage off(String name) {
    return message(name, RuleDocument.off(name).yaml());
  }

  /** A message that goes back to the rule that the job was started with. */
  public static RuleMessage reset(String name) {
    return message(name, null);
  }

  static String document(String name, String... lines) {
    return "name: " + name + "\nseverity: high\n" + String.join("\n", lines) + "\n";
  }

  private static RuleMessage message(String name, String yaml) {
    return new RuleMessage("alert-rules-0-7", name, yaml, "ada", CHANGED);
  }

  static String yaml(String... lines) {
    return "- name: watched\n  severity: high\n  " + String.join("\n  ", lines) + "\n";
  }
}
