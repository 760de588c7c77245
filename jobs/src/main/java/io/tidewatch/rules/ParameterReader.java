package io.tidewatch.rules;

import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import io.tidewatch.time.DurationWords;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads the parameters of a pattern. What is not given is as usual; what makes no sense is reported
 * and taken as usual.
 */
final class ParameterReader {

  private final YamlMap map;

  ParameterReader(YamlMap map) {
    this.map = map;
  }

  Optional<YamlNode> optional(String key) {
    return map.optional(key);
  }

  Optional<YamlNode> required(String key) {
    return map.required(key);
  }

  int whole(String key, int absent, int least, int most) {
    return map.integer(key, least, most).orElse(absent);
  }

  double number(String key, double absent, double least, double most) {
    Optional<YamlNode> node = map.optional(key);
    Optional<BigDecimal> given = node.flatMap(YamlNode::decimal);
    double number = given.map(BigDecimal::doubleValue).orElse(absent);
    if (number < least || number > most) {
      String bounds =
          most == Double.MAX_VALUE
              ? "of at least " + plain(least)
              : "from " + plain(least) + " to " + plain(most);
      node.get().problem("expected a number " + bounds + ", not " + given.get());
      return absent;
    }
    return number;
  }

  Duration length(String key, Duration absent, Duration least, Duration most) {
    Optional<YamlNode> node = map.optional(key);
    Duration length = node.flatMap(YamlNode::duration).orElse(absent);
    if (length.compareTo(least) < 0 || length.compareTo(most) > 0) {
      node.get()
          .problem(
              "expected a duration from %s to %s, not %s"
                  .formatted(
                      DurationWords.of(least), DurationWords.of(most), DurationWords.of(length)));
      return absent;
    }
    return length;
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
