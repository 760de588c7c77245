package io.tidewatch.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A mapping of a YAML file. Every key that was never asked for is reported as unknown, with the
 * asked-for key it most resembles.
 *
 * <p>The typed readers give an empty result where the key is absent, has no value, or has a wrong
 * one; a wrong one is reported.
 */
public final class YamlMap {

  private final YamlNode node;
  private final Map<String, YamlNode> keys;
  private final Map<String, YamlNode> values;
  private final Set<String> asked = new LinkedHashSet<>();

  YamlMap(YamlNode node, Map<String, YamlNode> keys, Map<String, YamlNode> values) {
    this.node = node;
    this.keys = keys;
    this.values = values;
  }

  /** The node of the mapping itself, for problems that concern all of it. */
  public YamlNode node() {
    return node;
  }

  public boolean has(String key) {
    asked.add(key);
    return values.containsKey(key) && !values.get(key).isNull();
  }

  public Optional<YamlNode> optional(String key) {
    return has(key) ? Optional.of(values.get(key)) : Optional.empty();
  }

  /** The value of a key that must be there; its absence is reported. */
  public Optional<YamlNode> required(String key) {
    Optional<YamlNode> value = optional(key);
    if (value.isEmpty()) {
      node.problem("'" + key + "' is missing");
    }
    return value;
  }

  public Optional<String> string(String key) {
    return optional(key).flatMap(YamlNode::string);
  }

  /** A whole number within bounds, both inclusive. */
  public Optional<Integer> integer(String key, int least, int most) {
    return optional(key).flatMap(node -> node.integer(least, most));
  }

  public Optional<Boolean> bool(String key) {
    return optional(key).flatMap(YamlNode::bool);
  }

  public Optional<Duration> duration(String key) {
    return optional(key).flatMap(YamlNode::duration);
  }

  /** How many keys there are. */
  public int size() {
    return keys.size();
  }

  /** All keys with their values, in order; for mappings whose keys are names of the author's. */
  public Map<String, YamlNode> entries() {
    asked.addAll(values.keySet());
    return new LinkedHashMap<>(values);
  }

  void reportUnknownKeys() {
    keys.forEach(
        (key, keyNode) -> {
          if (!asked.contains(key)) {
            keyNode.problem("unknown key '" + key + "'" + DidYouMean.hint(key, asked));
          }
        });
  }
}
