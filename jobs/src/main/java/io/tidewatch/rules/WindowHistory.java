package io.tidewatch.rules;

import io.tidewatch.anomaly.Assessment;

/** What a series was before: the first final value of each window, as rules read it. */
@FunctionalInterface
public interface WindowHistory {

  /**
   * @param end where a window of the same metric, size and series ended, epoch milliseconds
   * @return null if there was no such window, or it is too long ago
   */
  Double valueAt(long end);

  /** What the detector says of the window that is judged; null if no condition asked it. */
  default Assessment assessment() {
    return null;
  }
}
