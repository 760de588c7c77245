package io.tidewatch.rules;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An alert from its beginning to its end.
 *
 * @param fired as it was when it fired
 * @param resolved as it was at its end; empty if it goes on
 */
public record Firing(Alert fired, Optional<Alert> resolved) {

  /** The lives of alerts, in the order in which they fired. */
  public static List<Firing> of(List<Alert> rows) {
    Map<String, Alert> open = new LinkedHashMap<>();
    List<Firing> firings = new ArrayList<>();
    for (Alert row : rows) {
      if (row.status() == AlertStatus.FIRING) {
        open.put(row.id(), row);
      } else {
        firings.add(new Firing(open.remove(row.id()), Optional.of(row)));
      }
    }
    open.values().forEach(row -> firings.add(new Firing(row, Optional.empty())));
    firings.sort(
        (one, other) -> {
          int byTime = one.firedAt().compareTo(other.firedAt());
          return byTime == 0 ? one.fired.series().compareTo(other.fired.series()) : byTime;
        });
    return firings;
  }

  /** As it is known last. */
  public Alert last() {
    return resolved.orElse(fired);
  }

  /** When it was told. */
  public Instant firedAt() {
    return fired.updatedAt();
  }

  /** How long it was told for. */
  public Duration lasted(Instant now) {
    return Duration.between(firedAt(), resolved.map(Alert::updatedAt).orElse(now));
  }

  /** Whether it was told of at any time from then on. */
  public boolean isSeenFrom(Instant time) {
    return resolved.map(end -> end.updatedAt().isAfter(time)).orElse(true);
  }
}
