package io.tidewatch.job;

import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import io.tidewatch.ingest.EventFormats;
import io.tidewatch.ingest.FlatOptions;
import io.tidewatch.ingest.PersonalFields;
import io.tidewatch.ingest.SourceSettings;
import io.tidewatch.ingest.SourceSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code sources} of {@code tidewatch.yaml}. */
final class SourceSettingsReader {

  private static final Duration DEFAULT_DISORDER = Duration.ofSeconds(10);
  private static final Duration DEFAULT_IDLENESS = Duration.ofSeconds(10);

  private static final List<String> FORMATS = EventFormats.NAMES.stream().sorted().toList();

  /** What the job calls streams of its own. */
  private static final Set<String> TAKEN = Set.of("enriched", "converted", "derived", "fx-rates");

  private SourceSettingsReader() {}

  static List<SourceSetup> readAll(YamlNode node) {
    List<SourceSetup> sources = new ArrayList<>();
    node.map()
        .entries()
        .forEach((name, source) -> read(name, source.map()).ifPresent(sources::add));
    return sources;
  }

  private static Optional<SourceSetup> read(String name, YamlMap map) {
    if (!name.matches("[a-z][a-z0-9_-]*")) {
      map.node().problem("a source's name is made of lower-case letters, digits, - and _");
    }
    if (TAKEN.contains(name)) {
      map.node().problem("a source cannot have the name '" + name + "', which the job uses itself");
    }
    List<String> topics =
        map.required("topics").map(SourceSettingsReader::topics).orElse(List.of());
    Optional<String> format = map.required("format").flatMap(value -> value.oneOf(FORMATS));
    Optional<FlatOptions> flat = map.optional("flat").flatMap(value -> flat(value.map()));
    if (format.isPresent() && format.get().equals("flat") != flat.isPresent()) {
      map.node().problem("'flat' goes with the format flat, and with no other");
      return Optional.empty();
    }
    Duration outOfOrderness = map.duration("max_out_of_orderness").orElse(DEFAULT_DISORDER);
    Duration idleness = map.duration("idleness").orElse(DEFAULT_IDLENESS);
    Duration horizon = map.duration("deduplication").orElse(null);
    boolean enrichment = map.bool("enrichment").orElse(true);
    PersonalFields personal =
        map.optional("personal_fields")
            .map(value -> personalFields(value))
            .orElse(PersonalFields.none());
    return format.map(
        known ->
            new SourceSetup(
                new SourceSettings(
                    name, topics, known, flat.orElse(null), horizon, enrichment, personal),
                outOfOrderness,
                idleness));
  }

  private static List<String> topics(YamlNode node) {
    if (node.isList() && node.list().isEmpty()) {
      node.problem("expected at least one topic");
    }
    return node.strings();
  }

  private static Optional<FlatOptions> flat(YamlMap map) {
    Optional<String> type = map.string("type");
    Optional<String> typeField = map.string("type_field");
    Map<String, String> fields =
        map.optional("fields").map(SourceSettingsReader::fields).orElse(Map.of());
    Map<String, String> constants =
        map.optional("constants").map(SourceSettingsReader::constants).orElse(Map.of());
    if (type.isPresent() == typeField.isPresent()) {
      map.node().problem("expected either 'type' or 'type_field'");
      return Optional.empty();
    }
    return Optional.of(
        new FlatOptions(type.orElse(null), typeField.orElse(null), fields, constants));
  }

  private static Map<String, String> fields(YamlNode node) {
    YamlMap map = node.map();
    Map<String, String> fields = new HashMap<>();
    FlatOptions.KEYS.forEach(key -> map.string(key).ifPresent(field -> fields.put(key, field)));
    return fields;
  }

  private static Map<String, String> constants(YamlNode node) {
    Map<String, String> constants = new HashMap<>();
    node.map()
        .entries()
        .forEach((name, value) -> value.string().ifPresent(text -> constants.put(name, text)));
    return constants;
  }

  static PersonalFields personalFields(YamlNode node) {
    YamlMap map = node.map();
    return new PersonalFields(strings(map, "drop"), strings(map, "hash"), strings(map, "mask"));
  }

  private static Set<String> strings(YamlMap map, String key) {
    return map.optional(key).map(YamlNode::strings).map(Set::copyOf).orElse(Set.of());
  }
}
