package io.tidewatch.ingest.stream;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** How far all who write to one partition have come. */
public final class WritersProgress {

  private static final long IDLE = Long.MAX_VALUE;

  private final Map<Integer, Long> watermarks = new HashMap<>();
  private int writers;

  /**
   * Takes a mark in. One of another number of writers is the first of a job that was scaled: those
   * before it write no more.
   *
   * @return what none of them is behind of; null while some have not told yet, or all are idle
   */
  public Instant after(ProgressMark mark) {
    if (mark.writers() != writers) {
      writers = mark.writers();
      watermarks.clear();
    }
    watermarks.put(mark.writer(), mark.watermark() == null ? IDLE : mark.watermark());
    if (watermarks.size() < writers) {
      return null;
    }
    long slowest = Collections.min(watermarks.values());
    return slowest == IDLE ? null : Instant.ofEpochMilli(slowest);
  }
}
