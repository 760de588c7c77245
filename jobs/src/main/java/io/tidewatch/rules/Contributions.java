package io.tidewatch.rules;

import io.tidewatch.alert.Contributor;
import io.tidewatch.metrics.SeriesKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which parts of a series made most of its change from one window to another.
 *
 * <p>The parts are the series that divide it by one dimension more, such as {@code endpoint} those
 * of the total. Where values add up, a part's contribution is its own change. Otherwise the value
 * of the whole, {@code P}, is taken for the mean of its parts' values {@code v}, weighted by their
 * share {@code w} of the events, and a contribution is
 *
 * <pre>w (v − P_before) − w_before (v_before − P_before)</pre>
 *
 * <p>so that a part counts for what it became and for how much more of it there is. Either way the
 * contributions of all parts add up to the change of the whole, exactly so for counts, sums, and
 * ratios and averages per event; other metrics are near it. A part without a window had no events;
 * where all of a window is without, {@code P_before} is taken for 0.
 *
 * <p>Of several dimensions the one whose largest parts explain most is named; a part of events that
 * lack the dimension explains nothing.
 */
public final class Contributions {

  private static final int NAMED = 3;
  private static final double LEAST_SHARE = 0.01;
  private static final int PERCENT = 100;

  private final String series;
  private final boolean additive;
  private final Map<String, String> dimensions;

  /**
   * @param series the whole
   * @param additive whether the values of its parts add up to its own
   */
  public Contributions(String series, boolean additive) {
    this.series = series;
    this.additive = additive;
    this.dimensions = SeriesKey.parse(series);
  }

  /** Whether the window says anything about the whole. */
  public boolean knows(WindowParts window) {
    return window.of(series).isPresent();
  }

  /** The value of the whole in a window that is known. */
  public double valueIn(WindowParts window) {
    return window.of(series).orElseThrow().value();
  }

  /**
   * At most three parts, the one that contributed most first; none where the whole did not change,
   * or is in no part.
   *
   * @param now a window that is known, as is the other
   */
  public List<Contributor> of(WindowParts now, WindowParts before) {
    double change = valueIn(now) - valueIn(before);
    if (change == 0) {
      return List.of();
    }
    Map<String, List<Contributor>> byDimension = new TreeMap<>();
    for (String part : partsOf(now, before)) {
      Optional<WindowPart> is = now.of(part);
      Optional<WindowPart> was = before.of(part);
      double share = contribution(is, was, now, before) / change;
      if (share >= LEAST_SHARE) {
        byDimension
            .computeIfAbsent(dimensionOf(part), dimension -> new ArrayList<>())
            .add(
                new Contributor(
                    part,
                    is.map(WindowPart::value).orElse(null),
                    was.map(WindowPart::value).orElse(null),
                    share));
      }
    }
    return byDimension.values().stream()
        .map(Contributions::largest)
        .max(Comparator.comparingDouble(Contributions::explained))
        .orElse(List.of());
  }

  /** Such as: Most of it is endpoint /inference (62 %), /quantize (21 %); was, if it is gone. */
  public String sentence(List<Contributor> contributors) {
    String dimension = dimensionOf(contributors.get(0).series());
    String verb = contributors.get(0).value() == null ? "was" : "is";
    return contributors.stream()
        .map(
            contributor ->
                "%s (%d %%)"
                    .formatted(
                        nameOf(SeriesKey.parse(contributor.series()).get(dimension)),
                        Math.round(contributor.share() * PERCENT)))
        .collect(Collectors.joining(", ", "Most of it %s %s ".formatted(verb, dimension), "."));
  }

  private double contribution(
      Optional<WindowPart> is, Optional<WindowPart> was, WindowParts now, WindowParts before) {
    if (additive) {
      return is.map(WindowPart::value).orElse(0.0) - was.map(WindowPart::value).orElse(0.0);
    }
    double usual = samplesIn(now) == 0 ? 0 : valueIn(before);
    return weighted(is, now, usual) - weighted(was, before, usual);
  }

  private double weighted(Optional<WindowPart> part, WindowParts window, double usual) {
    double all = samplesIn(window);
    return part.filter(known -> all > 0)
        .map(known -> known.samples() / all * (known.value() - usual))
        .orElse(0.0);
  }

  private Set<String> partsOf(WindowParts now, WindowParts before) {
    Set<String> parts = new HashSet<>();
    now.parts().stream().map(WindowPart::series).filter(this::isPart).forEach(parts::add);
    before.parts().stream().map(WindowPart::series).filter(this::isPart).forEach(parts::add);
    return parts;
  }

  private long samplesIn(WindowParts window) {
    return window.of(series).orElseThrow().samples();
  }

  private boolean isPart(String other) {
    Map<String, String> of = SeriesKey.parse(other);
    return of.size() == dimensions.size() + 1
        && of.entrySet().containsAll(dimensions.entrySet())
        && !of.get(dimensionOf(other)).isEmpty();
  }

  private String dimensionOf(String part) {
    Map<String, String> more = new HashMap<>(SeriesKey.parse(part));
    more.keySet().removeAll(dimensions.keySet());
    return more.keySet().iterator().next();
  }

  private static List<Contributor> largest(List<Contributor> contributors) {
    return contributors.stream()
        .sorted(
            Comparator.comparingDouble(Contributor::share)
                .reversed()
                .thenComparing(Contributor::series))
        .limit(NAMED)
        .toList();
  }

  private static double explained(List<Contributor> contributors) {
    return contributors.stream().mapToDouble(Contributor::share).sum();
  }

  private static String nameOf(String value) {
    return value.equals(SeriesKey.OTHER) ? "(others)" : value;
  }
}
