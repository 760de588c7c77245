package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.WindowSize;
import io.tidewatch.pattern.MetricSpike;
import io.tidewatch.pattern.RevenueDrop;
import io.tidewatch.pattern.WindowPatternParameters;
import io.tidewatch.time.DurationWords;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads a rule that names a pattern of windows, such as {@code metric-spike}. */
final class WindowPatternReader {

  static final List<String> PATTERNS = List.of(MetricSpike.NAME, RevenueDrop.NAME);

  private static final int MOST_WINDOWS = 100;
  private static final int MOST_HISTORY = 1000;

  /** Revenue is remembered for a week, window by window. */
  private static final Duration SHORTEST_REVENUE_WINDOW = Duration.ofHours(1);

  private final WatchedSeriesReader series;
  private final Holidays holidays;

  WindowPatternReader(WatchedSeriesReader series, Holidays holidays) {
    this.series = series;
    this.holidays = holidays;
  }

  /**
   * @param pattern empty if the rule names none that is known
   */
  Optional<WindowPatternRule> read(
      YamlMap map, Optional<String> pattern, Optional<AlertProfile> profile) {
    Optional<WatchedSeries> watched = series.read(map);
    watched.flatMap(series::definition).ifPresent(metric -> refuseWhatSettles(map, metric));
    Optional<WindowSize> size = watched.flatMap(known -> size(map, known, pattern));
    Optional<YamlNode> parametersNode = map.required("parameters");
    boolean missingIsZero = series.missingIsZero(map, watched);
    boolean skipsHolidays =
        map.optional("holidays").flatMap(node -> node.oneOf(List.of("skip"))).isPresent();
    if (pattern.isEmpty() || size.isEmpty() || parametersNode.isEmpty()) {
      return Optional.empty();
    }
    ParameterReader parameters = new ParameterReader(parametersNode.get().map());
    Duration window = size.get().nominal();
    Optional<? extends WindowPatternParameters> read =
        pattern.get().equals(MetricSpike.NAME)
            ? spike(parameters, window)
            : drop(parameters, window);
    if (profile.isEmpty() || read.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new WindowPatternRule(
            profile.get().withPattern(pattern.get()),
            watched.orElseThrow(),
            missingIsZero,
            skipsHolidays ? holidays : Holidays.NONE,
            read.get()));
  }

  /**
   * Its rows come after event time has passed the window, where patterns see no window any more.
   */
  private static void refuseWhatSettles(YamlMap map, MetricDefinition metric) {
    if (!metric.settlesAfter().isZero()) {
      map.optional("metric")
          .orElseThrow()
          .problem(
              "a pattern looks at windows as they end, and %s settles only after that; a rule with"
                      .formatted(metric.name())
                  + " a condition may watch it");
    }
  }

  private static Optional<WindowSize> size(
      YamlMap map, WatchedSeries watched, Optional<String> pattern) {
    YamlNode node = map.optional("window").orElseThrow();
    Optional<WindowSize> size = WindowSize.of(watched.window());
    if (size.isEmpty()) {
      node.problem("a pattern looks at windows that follow each other, not at rolling ones");
      return Optional.empty();
    }
    if (pattern.filter(RevenueDrop.NAME::equals).isPresent()
        && size.get().nominal().compareTo(SHORTEST_REVENUE_WINDOW) < 0) {
      node.problem(RevenueDrop.NAME + " remembers a week and goes with windows of 1h and longer");
      return Optional.empty();
    }
    return size;
  }

  private static Optional<MetricSpike.Parameters> spike(ParameterReader map, Duration window) {
    int windows = map.whole("windows", 3, 1, MOST_WINDOWS);
    double ratio = map.number("above_ratio", 2, 1, Double.MAX_VALUE);
    double floor = map.number("above", 0, 0, Double.MAX_VALUE);
    int usualOf = map.whole("usual_of", 30, 1, MOST_HISTORY);
    int history = map.whole("minimum_history", Math.min(10, usualOf), 1, usualOf);
    Optional<Duration> within = within(map, windows, window);
    return within.map(
        span -> new MetricSpike.Parameters(windows, ratio, floor, usualOf, history, span));
  }

  private static Optional<RevenueDrop.Parameters> drop(ParameterReader map, Duration window) {
    int declines = map.whole("declines", 3, 2, MOST_WINDOWS);
    double declineBy = map.number("decline_by", 0.1, 0.001, 1);
    double belowRatio = map.number("below_ratio", 0.7, 0.001, 1);
    Optional<YamlNode> minimumNode = map.required("minimum");
    double minimum = map.number("minimum", 1, 0.01, Double.MAX_VALUE);
    Optional<Duration> within = within(map, declines, window);
    return minimumNode.isEmpty()
        ? Optional.empty()
        : within.map(
            span -> new RevenueDrop.Parameters(declines, declineBy, belowRatio, minimum, span));
  }

  /** Twice as long as they take, unless it is given. */
  private static Optional<Duration> within(ParameterReader map, int windows, Duration window) {
    Optional<YamlNode> node = map.optional("within");
    if (node.isEmpty()) {
      return Optional.of(window.multipliedBy(2L * windows));
    }
    Duration shortest = window.multipliedBy(windows - 1L);
    Optional<Duration> within = node.flatMap(YamlNode::duration);
    if (within.isPresent() && within.get().compareTo(shortest) <= 0) {
      node.get()
          .problem(
              "expected more than %s, which lie between the first of %d windows and the last"
                  .formatted(DurationWords.of(shortest), windows));
      return Optional.empty();
    }
    return within;
  }
}
