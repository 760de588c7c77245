package io.tidewatch.local.demo;

import java.util.Map;

/**
 * Totals of metrics.
 *
 * @param values by metric and window, such as {@code leads 1d}; those without a value are not there
 */
record Figures(Map<String, Double> values) {

  /** Before any were read. */
  static final Figures UNKNOWN = new Figures(Map.of());

  /**
   * A number that is 0 where nothing happened, in that format; a dash while nothing is known of its
   * window.
   */
  String count(String name, String format) {
    String window = name.substring(name.indexOf(' '));
    return values.keySet().stream().anyMatch(known -> known.endsWith(window))
        ? format.formatted(values.getOrDefault(name, 0.0))
        : dash(format);
  }

  /** A number that there is none of where nothing happened, in that format. */
  String ratio(String name, double factor, String format) {
    Double value = values.get(name);
    return value == null ? dash(format) : format.formatted(value * factor);
  }

  private static String dash(String format) {
    return format.replaceFirst("%,?(\\d*)(\\.\\d)?f", "%$1s").formatted("–");
  }
}
