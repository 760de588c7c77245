package io.tidewatch.rules;

import io.tidewatch.metrics.SeriesKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The series of one window of a metric: the total and the largest of each grouping.
 *
 * @param start epoch milliseconds, as is the end
 * @param open whether more events are to come, and these are what there is so far
 */
public record WindowParts(
    String metric, String window, long start, long end, boolean open, List<WindowPart> parts) {

  /** The series of the parts that go beyond these are small, whatever became of them. */
  private static final int MOST_OF_A_GROUPING = 50;

  /** This window of the series, and no events in it. */
  public static WindowParts nothing(
      String metric, String window, long start, long end, String series) {
    return new WindowParts(
        metric, window, start, end, false, List.of(new WindowPart(series, 0, 0)));
  }

  /**
   * The parts that count: of each grouping the largest, which are those of most events where values
   * do not add up.
   */
  public WindowParts largest(boolean additive) {
    Comparator<WindowPart> largestFirst =
        Comparator.<WindowPart>comparingDouble(
                part -> additive ? -Math.abs(part.value()) : -part.samples())
            .thenComparing(WindowPart::series);
    Map<Set<String>, List<WindowPart>> groupings =
        parts.stream().collect(Collectors.groupingBy(WindowParts::groupingOf));
    return with(
        groupings.values().stream()
            .flatMap(grouping -> grouping.stream().sorted(largestFirst).limit(MOST_OF_A_GROUPING))
            .sorted(Comparator.comparing(WindowPart::series))
            .toList());
  }

  /** These and the parts of the same window that are not among them. */
  public WindowParts and(WindowParts others) {
    Set<String> known = parts.stream().map(WindowPart::series).collect(Collectors.toSet());
    return with(
        Stream.concat(
                parts.stream(),
                others.parts.stream().filter(part -> !known.contains(part.series())))
            .toList());
  }

  Optional<WindowPart> of(String series) {
    return parts.stream().filter(part -> part.series().equals(series)).findFirst();
  }

  private WindowParts with(List<WindowPart> changed) {
    return new WindowParts(metric, window, start, end, open, new ArrayList<>(changed));
  }

  private static Set<String> groupingOf(WindowPart part) {
    return SeriesKey.parse(part.series()).keySet();
  }
}
