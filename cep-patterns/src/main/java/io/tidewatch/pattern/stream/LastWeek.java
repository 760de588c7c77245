package io.tidewatch.pattern.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The values of a series over a week, by local time. Each takes the place of the one a week before,
 * so there are never more than a week has windows, and none has to be looked for.
 */
final class LastWeek {

  private static final long WEEK = Duration.ofDays(7).toMillis();
  private static final int MINUTES_OF_DAY = 24 * 60;

  /** By how much a week is longer or shorter when the clocks change. */
  private static final long CHANGE_OF_CLOCKS = Duration.ofHours(1).toMillis();

  private final ZoneId zone;
  private final MapState<Integer, Past> byMinuteOfWeek;

  LastWeek(RuntimeContext context, ZoneId zone) {
    this.zone = zone;
    this.byMinuteOfWeek =
        context.getMapState(
            new MapStateDescriptor<>("last-week", Types.INT, TypeInformation.of(Past.class)));
  }

  /** A value, and where its window ended, epoch milliseconds. */
  public record Past(long end, double value) {}

  /**
   * Remembers the value of a window.
   *
   * @return that of the window that ended at the same local time a week before; null if there was
   *     none
   */
  Double replace(long end, double value) throws Exception {
    LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(end), zone);
    int minute =
        local.getDayOfWeek().ordinal() * MINUTES_OF_DAY + local.getHour() * 60 + local.getMinute();
    Past past = byMinuteOfWeek.get(minute);
    byMinuteOfWeek.put(minute, new Past(end, value));
    boolean aWeekAgo = past != null && Math.abs(end - past.end() - WEEK) <= CHANGE_OF_CLOCKS;
    return aWeekAgo ? past.value() : null;
  }

  void clear() {
    byMinuteOfWeek.clear();
  }
}
