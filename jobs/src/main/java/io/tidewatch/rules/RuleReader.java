package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.MuteWindow;
import io.tidewatch.alert.Severity;
import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import io.tidewatch.metrics.MetricCatalogue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads rules as {@code alerts.yaml} has them. */
final class RuleReader {

  /** A rule that is off need say no more. */
  private static final int NAME_AND_ENABLED = 2;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private static final int MOST_ALERTS = 10_000;

  private final MetricRuleReader metricRules;
  private final PatternRuleReader patternRules;
  private final EventRuleReader eventRules;
  private final MuteReader mutes;
  private final Set<String> names = new HashSet<>();

  RuleReader(MetricCatalogue metrics, Set<String> knownTypes, BusinessCalendar calendar) {
    WatchedSeriesReader series = new WatchedSeriesReader(metrics);
    this.metricRules = new MetricRuleReader(series, calendar.holidays());
    this.patternRules = new PatternRuleReader(series, calendar.holidays());
    this.eventRules = new EventRuleReader(knownTypes);
    this.mutes = new MuteReader(calendar);
  }

  /** All rules that are without problems. */
  List<RuleDocument> readAll(YamlNode root) {
    return root.list().stream().map(this::read).flatMap(Optional::stream).toList();
  }

  /** One rule; empty if there is a problem with it. */
  Optional<RuleDocument> read(YamlNode node) {
    YamlMap map = node.map();
    boolean enabled = map.bool("enabled").orElse(true);
    if (!enabled && map.has("name") && map.size() == NAME_AND_ENABLED) {
      return map.required("name")
          .flatMap(this::newName)
          .map(name -> RuleDocument.off(name, node.toYaml()));
    }
    return rule(node, map).map(rule -> new RuleDocument(rule.name(), enabled, rule, node.toYaml()));
  }

  private Optional<Rule> rule(YamlNode node, YamlMap map) {
    Optional<AlertProfile> profile = profile(map);
    if (map.has("pattern")) {
      return patternRules.read(map, profile).map(Rule.class::cast);
    }
    boolean metric = map.has("metric");
    boolean event = map.has("event");
    if (metric == event) {
      node.problem("expected either 'metric' or 'event'");
      return Optional.empty();
    }
    Optional<? extends Rule> rule =
        metric ? metricRules.read(map, profile) : eventRules.read(map, profile);
    return rule.map(Rule.class::cast);
  }

  private Optional<AlertProfile> profile(YamlMap map) {
    Optional<String> name = map.required("name").flatMap(this::newName);
    Optional<Severity> severity =
        map.required("severity").flatMap(value -> value.oneOf(Severity.class));
    List<String> receivers = strings(map, "notify");
    List<String> actions = strings(map, "actions");
    String runbook = map.string("runbook").orElse("");
    List<MuteWindow> muted = map.optional("mute").map(mutes::read).orElse(List.of());
    int mostFiring = map.integer("max_alerts", 1, MOST_ALERTS).orElse(AlertProfile.MOST_FIRING);
    return name.isPresent() && severity.isPresent()
        ? Optional.of(
            new AlertProfile(
                name.get(), "", severity.get(), receivers, actions, runbook, muted, mostFiring))
        : Optional.empty();
  }

  private Optional<String> newName(YamlNode node) {
    Optional<String> name = node.string();
    if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
      node.problem(
          "expected a name of lower-case letters, digits and '_', not '" + name.get() + "'");
      return Optional.empty();
    }
    if (name.isPresent() && !names.add(name.get())) {
      node.problem("there are two rules '" + name.get() + "'");
    }
    return name;
  }

  private static List<String> strings(YamlMap map, String key) {
    return map.optional(key).map(YamlNode::strings).orElse(List.of());
  }
}
