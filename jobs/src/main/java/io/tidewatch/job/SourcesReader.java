package io.tidewatch.job;

import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import io.tidewatch.ingest.IngestSettings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what {@code tidewatch.yaml} says of sources: of each, of all, and of their time. */
final class SourcesReader {

  private static final Duration DEFAULT_LATENESS = Duration.ofHours(1);
  private static final Duration DEFAULT_ALIGNMENT = Duration.ofSeconds(30);
  private static final Duration LEAST_ALIGNMENT = Duration.ofSeconds(1);

  private SourcesReader() {}

  static Sources read(YamlMap root) {
    return new Sources(
        ingest(root),
        root.required("sources").map(SourceSettingsReader::readAll).orElse(List.of()),
        root.optional("watermark_alignment")
            .flatMap(SourcesReader::alignment)
            .orElse(DEFAULT_ALIGNMENT),
        root.duration("allowed_lateness").orElse(DEFAULT_LATENESS));
  }

  private static Optional<Duration> alignment(YamlNode node) {
    Optional<Duration> alignment = node.duration();
    if (alignment.isPresent() && alignment.get().compareTo(LEAST_ALIGNMENT) < 0) {
      node.problem("expected 1s or more: sources would wait for one another all the time");
    }
    return alignment;
  }

  private static IngestSettings ingest(YamlMap root) {
    Optional<YamlMap> privacy = root.required("privacy").map(YamlNode::map);
    byte[] key =
        privacy
            .flatMap(map -> map.required("pseudonym_key"))
            .flatMap(SourcesReader::key)
            .orElse(new byte[] {0});
    IngestSettings defaults = IngestSettings.defaults(key);
    Map<String, BigDecimal> multipliers = new HashMap<>();
    root.optional("compute_unit_multipliers")
        .map(node -> node.map().entries())
        .orElse(Map.of())
        .forEach((endpoint, node) -> node.decimal().ifPresent(m -> multipliers.put(endpoint, m)));
    return new IngestSettings(
        multipliers.isEmpty() ? defaults.computeUnitMultipliers() : multipliers,
        root.optional("own_hosts").map(YamlNode::strings).map(Set::copyOf).orElse(Set.of()),
        privacy
            .flatMap(map -> map.optional("web_properties"))
            .map(YamlNode::strings)
            .map(Set::copyOf)
            .orElse(defaults.webProperties()),
        privacy
            .flatMap(map -> map.optional("personal_fields"))
            .map(SourceSettingsReader::personalFields)
            .orElse(defaults.personalFields()),
        key);
  }

  private static Optional<byte[]> key(YamlNode node) {
    Optional<String> key = node.string();
    if (key.isPresent() && key.get().isEmpty()) {
      node.problem("expected a secret of some length, not an empty one");
      return Optional.empty();
    }
    return key.map(text -> text.getBytes(StandardCharsets.UTF_8));
  }
}
