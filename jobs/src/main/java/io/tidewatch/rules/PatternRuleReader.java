package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a rule that names a pattern, such as {@code pattern: metric-spike} with its {@code
 * parameters}.
 */
final class PatternRuleReader {

  private static final List<String> PATTERNS =
      Stream.of(
              WindowPatternReader.PATTERNS,
              EventPatternReader.PATTERNS,
              CustomerPatternReader.PATTERNS)
          .flatMap(List::stream)
          .toList();

  private final WindowPatternReader ofWindows;

  PatternRuleReader(WatchedSeriesReader series, Holidays holidays) {
    this.ofWindows = new WindowPatternReader(series, holidays);
  }

  Optional<? extends Rule> read(YamlMap map, Optional<AlertProfile> profile) {
    Optional<YamlNode> node = map.optional("pattern");
    Optional<String> pattern = node.flatMap(name -> name.oneOf(PATTERNS));
    if (pattern.filter(CustomerPatternReader.PATTERNS::contains).isPresent()) {
      return CustomerPatternReader.read(map, pattern.get(), profile);
    }
    return pattern.filter(EventPatternReader.PATTERNS::contains).isPresent()
        ? EventPatternReader.read(map, pattern.get(), profile)
        : ofWindows.read(map, pattern, profile);
  }
}
