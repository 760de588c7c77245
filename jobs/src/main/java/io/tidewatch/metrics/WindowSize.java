package io.tidewatch.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The sizes of a metric's tumbling windows. */
public enum WindowSize {
  ONE_MINUTE("1m", Duration.ofMinutes(1)),
  FIVE_MINUTES("5m", Duration.ofMinutes(5)),
  FIFTEEN_MINUTES("15m", Duration.ofMinutes(15)),
  THIRTY_MINUTES("30m", Duration.ofMinutes(30)),
  ONE_HOUR("1h", Duration.ofHours(1)),
  /** From local midnight to local midnight: 23 or 25 hours when the clocks change. */
  ONE_DAY("1d", Duration.ofDays(1));

  /** The shortest of which there are rows while it is open. */
  public static final Duration SHORTEST_WITH_PROVISIONAL_ROWS = Duration.ofHours(1);

  private final String label;
  private final Duration nominal;

  WindowSize(String label, Duration nominal) {
    this.label = label;
    this.nominal = nominal;
  }

  /** As in {@code metrics.yaml} and the column {@code window}. */
  public String label() {
    return label;
  }

  /** The length of all but a day on which the clocks change. */
  public Duration nominal() {
    return nominal;
  }

  /** Whether there are rows of such a window while it is open. */
  public boolean hasProvisionalRows() {
    return nominal.compareTo(SHORTEST_WITH_PROVISIONAL_ROWS) >= 0;
  }

  public static Optional<WindowSize> of(String label) {
    return Arrays.stream(values()).filter(size -> size.label.equals(label)).findFirst();
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(WindowSize::label).toList();
  }
}
