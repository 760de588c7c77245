package io.tidewatch.metrics;

import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the list of metrics of {@code metrics.yaml}. */
final class MetricReader {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern ROLLING = Pattern.compile("([1-9][0-9]{0,2})d");
  private static final int MIN_ROLLING_DAYS = 2;
  private static final int MAX_ROLLING_DAYS = 366;

  private final MetricInputReader inputReader;
  private final Set<String> names = new HashSet<>();

  MetricReader(Set<String> knownTypes) {
    this.inputReader = new MetricInputReader(knownTypes);
  }

  /** All metrics that are without problems. */
  List<MetricDefinition> readAll(YamlNode root) {
    return root.list().stream().map(this::read).flatMap(Optional::stream).toList();
  }

  private Optional<MetricDefinition> read(YamlNode node) {
    YamlMap map = node.map();
    String name = map.required("name").flatMap(this::newName).orElse("");
    Optional<Unit> unit = map.required("unit").flatMap(value -> value.oneOf(Unit.class));
    Map<String, YamlNode> inputNodes =
        map.required("inputs").map(value -> value.map().entries()).orElse(Map.of());
    List<MetricInput> inputs = readInputs(name, inputNodes);
    Optional<Formula> formula = readFormula(map, List.copyOf(inputNodes.keySet()));
    List<List<String>> by = map.optional("by").map(MetricReader::readBy).orElse(List.of());
    List<WindowSize> windows = readWindows(map);
    List<Integer> rolling = readRolling(map);
    boolean lowerIsBetter = map.bool("lower_is_better").orElse(false);
    int maxSeries =
        map.integer("max_series", 1, Integer.MAX_VALUE).orElse(MetricDefinition.DEFAULT_MAX_SERIES);
    Duration settlesAfter = map.duration("settles_after").orElse(Duration.ZERO);
    if (!settlesAfter.isZero() && !rolling.isEmpty()) {
      map.node().problem("'settles_after' goes with windows and not with rolling ones");
    }
    requireOneClock(map, inputs);
    if (name.isEmpty()
        || unit.isEmpty()
        || formula.isEmpty()
        || inputs.size() < inputNodes.size()) {
      return Optional.empty();
    }
    return Optional.of(
        new MetricDefinition(
            name,
            unit.get(),
            inputs,
            formula.get(),
            by,
            windows,
            rolling,
            lowerIsBetter,
            maxSeries,
            settlesAfter));
  }

  private Optional<String> newName(YamlNode node) {
    Optional<String> name = readName(node);
    if (name.isPresent() && !names.add(name.get())) {
      node.problem("there are two metrics '" + name.get() + "'");
    }
    return name;
  }

  private static Optional<String> readName(YamlNode node) {
    Optional<String> name = node.string();
    if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
      node.problem(
          "expected a name of lower-case letters, digits and '_', not '" + name.get() + "'");
      return Optional.empty();
    }
    return name;
  }

  private List<MetricInput> readInputs(String metric, Map<String, YamlNode> nodes) {
    List<MetricInput> inputs = new ArrayList<>();
    nodes.forEach(
        (name, node) -> {
          if (!NAME.matcher(name).matches() || Formula.WINDOW_NAMES.contains(name)) {
            node.problem("'" + name + "' cannot be the name of an input");
          }
          inputReader.read(metric, name, node).ifPresent(inputs::add);
        });
    return inputs;
  }

  private static Optional<Formula> readFormula(YamlMap map, List<String> inputs) {
    Optional<YamlNode> node = map.optional("formula");
    if (node.isPresent()) {
      return node.flatMap(YamlNode::string)
          .flatMap(text -> Formula.parse(text, inputs, node.get()::problem));
    }
    if (inputs.size() == 1) {
      return Optional.of(Formula.ofOnly(inputs.get(0)));
    }
    if (map.has("inputs")) {
      map.node()
          .problem(
              inputs.isEmpty()
                  ? "'inputs' names no input"
                  : "'formula' is missing: it says how the "
                      + inputs.size()
                      + " inputs make one value");
    }
    return Optional.empty();
  }

  private static List<List<String>> readBy(YamlNode node) {
    List<List<String>> by = new ArrayList<>();
    for (YamlNode item : node.list()) {
      List<String> dimensions = item.strings().stream().sorted().toList();
      if (dimensions.isEmpty()) {
        item.problem("a combination of no dimensions is the total, which is always kept");
      } else if (dimensions.stream().distinct().count() < dimensions.size()) {
        item.problem("a dimension is named twice");
      } else if (by.contains(dimensions)) {
        item.problem("the combination " + dimensions + " is given twice");
      } else {
        by.add(dimensions);
      }
    }
    return by;
  }

  private static List<WindowSize> readWindows(YamlMap map) {
    List<WindowSize> windows = new ArrayList<>();
    Optional<YamlNode> node = map.optional("windows");
    for (YamlNode item : node.map(YamlNode::list).orElse(List.of())) {
      Optional<WindowSize> size = item.oneOf(WindowSize.labels()).flatMap(WindowSize::of);
      if (size.isPresent() && windows.contains(size.get())) {
        item.problem("the window " + size.get().label() + " is given twice");
      }
      size.ifPresent(windows::add);
    }
    if (node.isEmpty() && !map.has("rolling")) {
      map.node()
          .problem("'windows' is missing: a metric has at least one window or rolling window");
    } else if (node.isPresent() && node.get().isList() && node.get().list().isEmpty()) {
      node.get().problem("expected at least one window");
    }
    return windows;
  }

  private static List<Integer> readRolling(YamlMap map) {
    List<Integer> rolling = new ArrayList<>();
    for (YamlNode item : map.optional("rolling").map(YamlNode::list).orElse(List.of())) {
      Optional<Integer> days = item.string().flatMap(text -> rollingDays(item, text));
      if (days.isPresent() && rolling.contains(days.get())) {
        item.problem("the rolling window " + days.get() + "d is given twice");
      }
      days.ifPresent(rolling::add);
    }
    return rolling;
  }

  private static Optional<Integer> rollingDays(YamlNode node, String text) {
    Matcher matcher = ROLLING.matcher(text);
    if (matcher.matches()) {
      int days = Integer.parseInt(matcher.group(1));
      if (days >= MIN_ROLLING_DAYS && days <= MAX_ROLLING_DAYS) {
        return Optional.of(days);
      }
    }
    node.problem(
        "expected days, from %dd to %dd, not '%s'"
            .formatted(MIN_ROLLING_DAYS, MAX_ROLLING_DAYS, text));
    return Optional.empty();
  }

  private static void requireOneClock(YamlMap map, List<MetricInput> inputs) {
    long onArrival =
        inputs.stream().map(MetricInput::events).filter(MetricDefinition::onArrivalClock).count();
    if (onArrival > 0 && onArrival < inputs.size()) {
      map.node()
          .problem(
              "inputs on records go by arrival and cannot be mixed with inputs on other events");
    }
  }
}
