package io.tidewatch.time;

import java.time.Duration;

/** Durations as people say them. */
public final class DurationWords {

  private DurationWords() {}

  /** In whole seconds, minutes, hours or days, such as {@code 90 min}: at least two of them. */
  public static String of(Duration duration) {
    if (duration.toSeconds() < 120) {
      return duration.toSeconds() + " s";
    }
    if (duration.toMinutes() < 120) {
      return duration.toMinutes() + " min";
    }
    return duration.toHours() < 48 ? duration.toHours() + " h" : duration.toDays() + " days";
  }
}
