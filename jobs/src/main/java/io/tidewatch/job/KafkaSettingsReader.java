package io.tidewatch.job;

import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import java.util.HashMap;
import java.util.Map;

/** Reads {@code kafka} of {@code tidewatch.yaml}. */
final class KafkaSettingsReader {

  private static final String DEFAULT_GROUP = "tidewatch";

  private KafkaSettingsReader() {}

  static KafkaSettings read(YamlNode node) {
    YamlMap map = node.map();
    return new KafkaSettings(properties(map), map.bool("write_events").orElse(true));
  }

  private static Map<String, String> properties(YamlMap map) {
    Map<String, String> properties = new HashMap<>();
    map.optional("properties")
        .map(node -> node.map().entries())
        .orElse(Map.of())
        .forEach((key, node) -> node.string().ifPresent(value -> properties.put(key, value)));
    map.required("bootstrap")
        .flatMap(YamlNode::string)
        .ifPresent(servers -> properties.put("bootstrap.servers", servers));
    properties.put("group.id", map.string("group").orElse(DEFAULT_GROUP));
    return properties;
  }
}
