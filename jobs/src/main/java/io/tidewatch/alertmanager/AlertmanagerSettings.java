package io.tidewatch.alertmanager;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * How alerts get to Alertmanager.
 *
 * @param url where it answers, such as {@code http://127.0.0.1:9093}
 * @param resend how often it hears again of what it has to keep in mind
 * @param timeout how long it may take to answer
 */
public record AlertmanagerSettings(URI url, Duration resend, Duration timeout)
    implements Serializable {

  static final Duration DEFAULT_RESEND = Duration.ofMinutes(1);
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /** A job that restarts, or moves to another machine, is back before. */
  private static final int RESENDS_MISSED = 15;

  /** Delivery to this address, all else as shipped. */
  public static AlertmanagerSettings of(URI url) {
    return new AlertmanagerSettings(url, DEFAULT_RESEND, DEFAULT_TIMEOUT);
  }

  /** How long after it last heard of a firing alert Alertmanager takes it for resolved. */
  Duration firingFor() {
    return resend.multipliedBy(RESENDS_MISSED);
  }
}
