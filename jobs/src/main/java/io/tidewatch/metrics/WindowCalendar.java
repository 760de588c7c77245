package io.tidewatch.metrics;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the windows of an instant in a time zone.
 *
 * <p>Windows of minutes and hours are elapsed time aligned to the local offset at the instant, so
 * that an hour begins on the local hour in zones of half-hour offsets too. Days run from local
 * midnight to local midnight. A rolling window of N days ends at a local midnight and covers N
 * local days.
 *
 * <p>Remembers the last day and the last offset, which makes it cheap for events in rough time
 * order and unfit for use by several threads.
 */
public final class WindowCalendar {

  private final ZoneId zone;
  private final ZoneRules rules;

  private long offsetFrom = 0;
  private long offsetUntil = 0;
  private long offsetMillis = 0;

  private TimeWindow day = new TimeWindow("1d", 0, 0);

  private TimeWindow rollingDay = day;
  private List<TimeWindow> rolling = List.of();

  public WindowCalendar(ZoneId zone) {
    this.zone = zone;
    this.rules = zone.getRules();
  }

  /** The window of this size that contains the instant. */
  public TimeWindow window(WindowSize size, long epochMillis) {
    if (size == WindowSize.ONE_DAY) {
      return day(epochMillis);
    }
    long length = size.nominal().toMillis();
    long offset = offsetMillis(epochMillis);
    long start = Math.floorDiv(epochMillis + offset, length) * length - offset;
    return new TimeWindow(size.label(), start, start + length);
  }

  /** The local day that contains the instant; rolling windows are made of these. */
  public TimeWindow day(long epochMillis) {
    if (!day.contains(epochMillis)) {
      LocalDate date = localDate(epochMillis);
      day = new TimeWindow("1d", midnight(date), midnight(date.plusDays(1)));
    }
    return day;
  }

  /** Every rolling window of so many days that contains the instant, by ascending end. */
  public List<TimeWindow> rolling(int days, long epochMillis) {
    if (rolling.size() != days || !rollingDay.contains(epochMillis)) {
      LocalDate date = localDate(epochMillis);
      rollingDay = day(epochMillis);
      rolling =
          IntStream.range(0, days)
              .mapToObj(last -> rollingEndingWith(date.plusDays(last), days))
              .toList();
    }
    return rolling;
  }

  /** The rolling window of so many days whose last day is the one that contains the instant. */
  public TimeWindow rollingUntil(int days, long epochMillis) {
    return rollingEndingWith(localDate(epochMillis), days);
  }

  private TimeWindow rollingEndingWith(LocalDate last, int days) {
    return new TimeWindow(
        days + "d", midnight(last.plusDays(1L - days)), midnight(last.plusDays(1)));
  }

  private LocalDate localDate(long epochMillis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(epochMillis), zone);
  }

  private long midnight(LocalDate date) {
    return date.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  private long offsetMillis(long epochMillis) {
    if (epochMillis < offsetFrom || epochMillis >= offsetUntil) {
      Instant instant = Instant.ofEpochMilli(epochMillis);
      ZoneOffsetTransition before = rules.previousTransition(instant.plusMillis(1));
      ZoneOffsetTransition after = rules.nextTransition(instant);
      offsetFrom = before == null ? Long.MIN_VALUE : before.getInstant().toEpochMilli();
      offsetUntil = after == null ? Long.MAX_VALUE : after.getInstant().toEpochMilli();
      offsetMillis = rules.getOffset(instant).getTotalSeconds() * 1000L;
    }
    return offsetMillis;
  }
}
