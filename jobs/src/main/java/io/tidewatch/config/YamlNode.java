package io.tidewatch.config;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of a YAML file and its place in it.
 *
 * <p>A reader that does not find what it expects reports a problem and gives an empty result.
 */
public final class YamlNode {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{ENV:([A-Za-z_][A-Za-z0-9_]*)}");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9}) ?(ms|s|m|h|d)");

  private final YamlFile file;
  private final Node node;
  private final String path;

  YamlNode(YamlFile file, Node node, String path) {
    this.file = file;
    this.node = node;
    this.path = path;
  }

  /** Reports what is wrong with this value. */
  public void problem(String message) {
    file.problem(node.getStartMark().getLine() + 1, path, message);
  }

  public boolean isScalar() {
    return node instanceof ScalarNode && !isNull();
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  public boolean isMapping() {
    return node instanceof MappingNode;
  }

  boolean isNull() {
    return Tag.NULL.equals(node.getTag());
  }

  /** Text, with references to the environment resolved; numbers and booleans as written. */
  public Optional<String> string() {
    if (!isScalar()) {
      return expected("text");
    }
    return resolved();
  }

  public Optional<Long> integer() {
    return scalar("a whole number", Long::valueOf);
  }

  /** A whole number within bounds, both inclusive. */
  public Optional<Integer> integer(int least, int most) {
    return scalar(
        "a whole number from %d to %d".formatted(least, most),
        text -> require(Integer.valueOf(text), number -> number >= least && number <= most));
  }

  public Optional<BigDecimal> decimal() {
    return scalar("a number", BigDecimal::new);
  }

  public Optional<Boolean> bool() {
    return scalar("true or false", YamlNode::parseBoolean);
  }

  /** A time span such as {@code 500ms}, {@code 10s}, {@code 5m}, {@code 24h}, {@code 30d}. */
  public Optional<Duration> duration() {
    return scalar("a duration such as 10s, 5m, 24h or 30d", YamlNode::parseDuration);
  }

  /** A duration of more than nothing. */
  public Optional<Duration> positiveDuration() {
    return scalar(
        "a duration of more than 0s",
        text -> require(parseDuration(text), duration -> !duration.isZero()));
  }

  /** A constant, written in lower case. */
  public <E extends Enum<E>> Optional<E> oneOf(Class<E> type) {
    List<String> names =
        Arrays.stream(type.getEnumConstants()).map(e -> e.name().toLowerCase(Locale.ROOT)).toList();
    return oneOf(names).map(name -> Enum.valueOf(type, name.toUpperCase(Locale.ROOT)));
  }

  /** One of the names; a problem lists them in this order. */
  public Optional<String> oneOf(List<String> names) {
    String expected = "one of " + String.join(", ", names);
    if (!isScalar()) {
      return expected(expected);
    }
    Optional<String> text = resolved();
    if (text.isPresent() && !names.contains(text.get())) {
      problem("expected " + expected + ", not '" + raw() + "'" + DidYouMean.hint(raw(), names));
      return Optional.empty();
    }
    return text;
  }

  /** The items of a list; none, and a problem, if it is something else. */
  public List<YamlNode> list() {
    if (!(node instanceof SequenceNode sequence)) {
      expected("a list");
      return List.of();
    }
    List<YamlNode> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new YamlNode(file, item, path + "[" + items.size() + "]"));
    }
    return items;
  }

  /** The items of a list, or the one value that stands in its place. */
  public List<YamlNode> listOrSingle() {
    return isList() ? list() : List.of(this);
  }

  /** The texts of a list, or the one text that stands in its place. */
  public List<String> strings() {
    return listOrSingle().stream().map(YamlNode::string).flatMap(Optional::stream).toList();
  }

  /** This value by itself, as YAML without comments. */
  public String toYaml() {
    StringWriter text = new StringWriter();
    new Yaml().serialize(node, text);
    return text.toString();
  }

  /** The mapping; an empty one, and a problem, if it is something else. To be called once. */
  public YamlMap map() {
    Map<String, YamlNode> keys = new LinkedHashMap<>();
    Map<String, YamlNode> values = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(entry -> addEntry(entry, keys, values));
    } else {
      expected("a mapping of keys to values");
    }
    YamlMap map = new YamlMap(this, keys, values);
    file.opened(map);
    return map;
  }

  private void addEntry(NodeTuple entry, Map<String, YamlNode> keys, Map<String, YamlNode> values) {
    YamlNode key = new YamlNode(file, entry.getKeyNode(), path);
    if (!(entry.getKeyNode() instanceof ScalarNode scalar)) {
      key.expected("a key");
      return;
    }
    String name = scalar.getValue();
    if (keys.containsKey(name)) {
      key.problem("key '" + name + "' is given twice");
      return;
    }
    keys.put(name, key);
    String child = path.isEmpty() ? name : path + "." + name;
    values.put(name, new YamlNode(file, entry.getValueNode(), child));
  }

  private <T> Optional<T> expected(String what) {
    problem("expected " + what + ", not " + description());
    return Optional.empty();
  }

  private <T> Optional<T> scalar(String what, ScalarParser<T> parser) {
    if (!isScalar()) {
      return expected(what);
    }
    return resolved().flatMap(text -> parsed(text, what, parser));
  }

  private <T> Optional<T> parsed(String text, String what, ScalarParser<T> parser) {
    try {
      return Optional.of(parser.parse(text));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return expected(what);
    }
  }

  /** The text with references replaced; empty, and a problem, where one has no value. */
  private Optional<String> resolved() {
    Matcher reference = REFERENCE.matcher(raw());
    StringBuilder text = new StringBuilder();
    boolean complete = true;
    while (reference.find()) {
      String value = file.environment().get(reference.group(1));
      if (value == null) {
        problem("the environment variable " + reference.group(1) + " is not set");
        complete = false;
      }
      reference.appendReplacement(text, Matcher.quoteReplacement(value == null ? "" : value));
    }
    reference.appendTail(text);
    return complete ? Optional.of(text.toString()) : Optional.empty();
  }

  /** As written in the file, so that no resolved secret reaches a message. */
  private String raw() {
    return ((ScalarNode) node).getValue();
  }

  private String description() {
    if (isNull()) {
      return "nothing";
    }
    if (node instanceof ScalarNode) {
      return "'" + raw() + "'";
    }
    return isList() ? "a list" : "a mapping";
  }

  private static Boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Duration parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static <T> T require(T value, Predicate<T> condition) {
    if (!condition.test(value)) {
      throw new IllegalArgumentException(value.toString());
    }
    return value;
  }

  /** Turns text into a value; an {@link IllegalArgumentException} says that it is none. */
  private interface ScalarParser<T> {
    T parse(String text);
  }
}
