package io.tidewatch.rules;

import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import io.tidewatch.rules.WindowCondition.Absent;
import io.tidewatch.rules.WindowCondition.Anomaly;
import io.tidewatch.rules.WindowCondition.AtVolume;
import io.tidewatch.rules.WindowCondition.Deviation;
import io.tidewatch.rules.WindowCondition.Limit;
import io.tidewatch.rules.WindowCondition.Side;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the condition of a metric rule, such as {@code {above: 0.05}} or {@code {baseline: {of:
 * same_hour, days: 28, below_ratio: 0.7}}}.
 */
final class WindowConditionReader {

  private static final List<String> KINDS =
      List.of("above", "below", "change", "baseline", "anomaly", "absent");
  private static final String MINIMUM_SAMPLES = "minimum_samples";
  private static final int DEFAULT_DAYS = 28;
  private static final int MOST_DAYS = 366;
  private static final int DEFAULT_HISTORY = 3;

  private WindowConditionReader() {}

  static Optional<WindowCondition> read(YamlNode node) {
    YamlMap map = node.map();
    Map<String, YamlNode> kinds = new LinkedHashMap<>();
    KINDS.forEach(kind -> map.optional(kind).ifPresent(value -> kinds.put(kind, value)));
    Optional<Long> samples = map.optional(MINIMUM_SAMPLES).flatMap(WindowConditionReader::samples);
    if (samples.isPresent() && kinds.containsKey("absent")) {
      map.optional(MINIMUM_SAMPLES)
          .ifPresent(few -> few.problem("'minimum_samples' does not go with 'absent'"));
    }
    if (kinds.size() != 1) {
      node.problem(
          "expected one of %s, not %s"
              .formatted(
                  String.join(", ", KINDS),
                  kinds.isEmpty() ? "none" : String.join(" and ", kinds.keySet())));
      return Optional.empty();
    }
    return kinds.entrySet().stream()
        .findFirst()
        .flatMap(kind -> read(kind.getKey(), kind.getValue()))
        .map(condition -> atVolume(samples, condition));
  }

  private static Optional<WindowCondition> read(String kind, YamlNode node) {
    return switch (kind) {
      case "above" -> limit(Side.ABOVE, node);
      case "below" -> limit(Side.BELOW, node);
      case "change" -> change(node.map());
      case "baseline" -> baseline(node.map());
      case "anomaly" -> anomaly(node.map());
      case "absent" -> node.positiveDuration().map(Absent::new);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static Optional<WindowCondition> limit(Side side, YamlNode node) {
    return node.decimal().map(limit -> new Limit(side, limit.doubleValue()));
  }

  /** Against the window just before. */
  private static Optional<WindowCondition> change(YamlMap map) {
    return deviation(map, Reference.PREVIOUS, 1, 1);
  }

  private static Optional<WindowCondition> baseline(YamlMap map) {
    Optional<Reference> reference =
        map.required("of")
            .flatMap(
                node ->
                    node.oneOf(
                        Arrays.stream(Reference.values())
                            .filter(of -> of != Reference.PREVIOUS)
                            .map(of -> of.name().toLowerCase(Locale.ROOT))
                            .toList()))
            .map(name -> Reference.valueOf(name.toUpperCase(Locale.ROOT)));
    int days = map.integer("days", 1, MOST_DAYS).orElse(DEFAULT_DAYS);
    int windows = reference.map(of -> of.windowsWithin(days)).orElse(days);
    if (windows < 1) {
      map.optional("days").ifPresent(node -> node.problem("expected at least a week: 7"));
    }
    int history =
        map.integer("minimum_history", 1, Math.max(1, windows))
            .orElse(Math.max(1, Math.min(DEFAULT_HISTORY, windows)));
    Optional<WindowCondition> condition =
        deviation(map, reference.orElse(Reference.SAME_HOUR), days, history);
    return reference.flatMap(of -> condition);
  }

  /** The detector has one setting for all; who needs no news of one side may say so. */
  private static Optional<WindowCondition> anomaly(YamlMap map) {
    Optional<Side> side =
        map.optional("side")
            .flatMap(node -> node.oneOf(List.of("above", "below", "both")))
            .filter(name -> !name.equals("both"))
            .map(name -> Side.valueOf(name.toUpperCase(Locale.ROOT)));
    Optional<Long> samples = map.optional(MINIMUM_SAMPLES).flatMap(WindowConditionReader::samples);
    return Optional.of(atVolume(samples, new Anomaly(side.orElse(null))));
  }

  private static Optional<WindowCondition> deviation(
      YamlMap map, Reference reference, int days, int history) {
    Optional<Double> aboveRatio = positive(map, "above_ratio");
    Optional<Double> belowRatio = positive(map, "below_ratio");
    Optional<Double> aboveBy = positive(map, "above_by");
    Optional<Double> belowBy = positive(map, "below_by");
    Optional<Long> samples = map.optional(MINIMUM_SAMPLES).flatMap(WindowConditionReader::samples);
    boolean above = aboveRatio.isPresent() || aboveBy.isPresent();
    boolean below = belowRatio.isPresent() || belowBy.isPresent();
    if (above == below) {
      map.node()
          .problem("expected above_ratio, above_by or both, else below_ratio, below_by or both");
      return Optional.empty();
    }
    if (aboveRatio.filter(ratio -> ratio < 1).isPresent()
        || belowRatio.filter(ratio -> ratio > 1).isPresent()) {
      map.node().problem("a ratio says how many times the usual: above_ratio ≥ 1 ≥ below_ratio");
    }
    Deviation deviation =
        above
            ? new Deviation(
                Side.ABOVE, reference, days, history, aboveRatio.orElse(null), aboveBy.orElse(null))
            : new Deviation(
                Side.BELOW,
                reference,
                days,
                history,
                belowRatio.orElse(null),
                belowBy.orElse(null));
    return Optional.of(atVolume(samples, deviation));
  }

  private static WindowCondition atVolume(Optional<Long> samples, WindowCondition condition) {
    return samples
        .map(minimum -> (WindowCondition) new AtVolume(minimum, condition))
        .orElse(condition);
  }

  private static Optional<Long> samples(YamlNode node) {
    Optional<Long> samples = node.integer();
    if (samples.isPresent() && samples.get() < 1) {
      node.problem("expected a whole number above 0, not " + samples.get());
    }
    return samples;
  }

  private static Optional<Double> positive(YamlMap map, String key) {
    Optional<YamlNode> node = map.optional(key);
    Optional<BigDecimal> number = node.flatMap(YamlNode::decimal);
    if (number.isPresent() && number.get().signum() <= 0) {
      node.get().problem("expected a number above 0, not " + number.get());
    }
    return number.map(BigDecimal::doubleValue);
  }
}
