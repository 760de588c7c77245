package io.tidewatch.rules;

import io.tidewatch.alert.Alert;

/**
 * For how many series a rule fires.
 *
 * @param listed alerts that are told
 * @param unlisted alerts beyond what the rule may fire at once
 * @param capped says that there are such; null if there are none
 */
public record FiringSeries(int listed, long unlisted, Alert capped) {

  public static final FiringSeries NONE = new FiringSeries(0, 0, null);

  /** One more that is told. */
  public FiringSeries withListed() {
    return new FiringSeries(listed + 1, unlisted, capped);
  }

  /** One of those that were told has ended. */
  public FiringSeries withoutListed() {
    return new FiringSeries(listed - 1, unlisted, capped);
  }

  /** One more that is not told. */
  public FiringSeries withUnlisted(Alert capped) {
    return new FiringSeries(listed, unlisted + 1, capped);
  }

  /** One of those that were not told has ended. */
  public FiringSeries withoutUnlisted() {
    return new FiringSeries(listed, unlisted - 1, unlisted == 1 ? null : capped);
  }

  /** Whether there is nothing to remember. */
  public boolean isNone() {
    return listed == 0 && unlisted == 0;
  }
}
