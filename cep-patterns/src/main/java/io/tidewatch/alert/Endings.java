package io.tidewatch.alert;

import java.time.Duration;
import java.time.Instant;

/** How alerts of every kind of rule end without having recovered. */
public final class Endings {

  private Endings() {}

  /** Nothing came any more that could say whether it still is so. */
  public static Alert noData(Alert alert, Instant now) {
    return alert.resolved(
        Resolution.NO_DATA,
        now,
        now,
        "no_data: nothing has come since that could say whether it still is so. "
            + alert.summary());
  }

  /** Nothing said for its longest life that it is over. */
  public static Alert outlived(Alert alert, Duration life, Instant now) {
    return alert.resolved(
        Resolution.NO_DATA,
        now,
        now,
        "no_data: nothing has said for %d days that it is over. %s"
            .formatted(life.toDays(), alert.summary()));
  }

  /** What happened has not happened again for so long. */
  public static Alert quiet(Alert alert, Duration quiet, Instant now) {
    return alert.resolved(
        Resolution.RECOVERED,
        now,
        now,
        "Over: not again for %d min. %s".formatted(quiet.toMinutes(), alert.summary()));
  }

  /** The rule is gone. */
  public static Alert ruleRemoved(Alert alert, Instant now) {
    return alert.resolved(
        Resolution.RULE_REMOVED,
        now,
        now,
        "rule_removed: nobody watches this any more. " + alert.summary());
  }

  /**
   * The rule was taken away.
   *
   * @param time when, by the clock on the wall; event time may be ahead of it
   */
  public static Alert ruleRemovedAt(Alert alert, Instant time) {
    return ruleRemoved(alert, time.isBefore(alert.updatedAt()) ? alert.updatedAt() : time);
  }
}
