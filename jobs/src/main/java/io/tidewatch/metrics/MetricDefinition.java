package io.tidewatch.metrics;

import io.tidewatch.event.Event;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One metric of {@code metrics.yaml}.
 *
 * @param by combinations of dimensions beside the total; names within one in ascending order
 * @param windows sizes of tumbling windows, ascending
 * @param rollingDays lengths of rolling windows in days, ascending
 * @param maxSeries how many series beside the total a window may have before the rest share one per
 *     grouping
 * @param settlesAfter how long after its end a tumbling window becomes final; for events that are
 *     derived only then
 */
public record MetricDefinition(
    String name,
    Unit unit,
    List<MetricInput> inputs,
    Formula formula,
    List<List<String>> by,
    List<WindowSize> windows,
    List<Integer> rollingDays,
    boolean lowerIsBetter,
    int maxSeries,
    Duration settlesAfter)
    implements Serializable {

  public static final int DEFAULT_MAX_SERIES = 10_000;

  private static final int HASH_DIGITS = 16;

  public MetricDefinition {
    inputs = List.copyOf(inputs);
    by = by.stream().map(dimensions -> dimensions.stream().sorted().toList()).toList();
    windows = windows.stream().sorted().toList();
    rollingDays = rollingDays.stream().sorted().toList();
  }

  /**
   * What series there are: no dimension, the total, first; then each combination of {@link #by}.
   */
  public List<List<String>> groupings() {
    List<List<String>> groupings = new ArrayList<>();
    groupings.add(List.of());
    groupings.addAll(by);
    return groupings;
  }

  /** What the event gives to the metric; empty if no input takes it. */
  public Optional<Contribution> read(Event event) {
    return Contribution.of(this, event);
  }

  /**
   * Whether its windows go by when records arrived and close by wall clock: all its inputs read
   * what ingest says about records.
   */
  public boolean arrivalClock() {
    return inputs.stream().map(MetricInput::events).allMatch(MetricDefinition::onArrivalClock);
  }

  /** Whether its value is also an exact decimal: money, and sums of it at most added together. */
  public boolean isExact() {
    return unit == Unit.CURRENCY && isAdditive();
  }

  /** Whether the series of a grouping add up to the total: counts and sums, added together. */
  public boolean isAdditive() {
    return formula.isAdditive()
        && inputs.stream().allMatch(i -> i.aggregate().function().isZeroWhenAbsent());
  }

  /**
   * Identifies the definition by all that decides its numbers; state belongs to name and hash. The
   * cap on series, the direction that is better and when windows settle are no part of it.
   */
  public String hash() {
    String canonical =
        String.join(
            "\n",
            name,
            unit.name(),
            inputs.stream().map(MetricInput::canonical).toList().toString(),
            formula.toString(),
            by.stream().map(List::toString).sorted().toList().toString(),
            windows.toString(),
            rollingDays.toString());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static boolean onArrivalClock(EventSelector events) {
    return !events.isAny() && InternalEvents.ON_ARRIVAL_CLOCK.containsAll(events.types());
  }
}
