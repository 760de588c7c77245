package io.tidewatch.pattern;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.Endings;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How long an alert goes on that nothing ends.
 *
 * @param length since it fired
 * @param renewed whether each further match begins it anew; then its end is a recovery
 */
public record Lifetime(Duration length, boolean renewed) implements Serializable {

  /** For patterns whose elements end each alert, silence among them. */
  public static final Lifetime UNLIMITED = atMost(ChronoUnit.MILLENNIA.getDuration());

  /** Then nothing has said that it is over. */
  public static Lifetime atMost(Duration length) {
    return new Lifetime(length, false);
  }

  /** Then it is over, because it has not happened again. */
  public static Lifetime untilQuietFor(Duration length) {
    return new Lifetime(length, true);
  }

  /** The alert at the end of its life. */
  public Alert end(Alert alert, Instant now) {
    return renewed ? Endings.quiet(alert, length, now) : Endings.outlived(alert, length, now);
  }
}
