package io.tidewatch.anomaly;

import io.tidewatch.anomaly.Assessment.Finding;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Finds what is odd in one series, row by row, knowing only the rows before; with one setting for
 * all series.
 *
 * <p>Two questions are asked of each row. Has it been like this before? Novelty among remembered
 * values ({@link RememberedValues}) of the value, of the level, and of the drift from the usual
 * hours. And, where a series has a daily or weekly rhythm: is it like this at this hour ({@link
 * SeasonalProfile})? What is usual at its hour is not odd; else the strongest answer that towers
 * above those shortly before is the score.
 *
 * <p>State: at most 8 KB, whatever the series. {@code docs/detection.md} says how good it is.
 */
public final class AnomalyDetector {

  /** The score from which on it is an alarm. */
  public static final double ALARM = 0.5;

  private static final byte VERSION = 1;
  private static final double NOVEL = 0.045;

  /** Between bands of values that are expected, as a share of their range. */
  private static final double SEPARATE_BANDS = 0.1;

  private static final double ODD_ERRORS = 5;
  private static final double LEVEL_WEIGHT = 0.75;
  private static final double DRIFT_WEIGHT = 0.4;
  private static final int LEVEL_ROWS = 11;
  private static final int DRIFT_ROWS = 12;
  private static final int NOVELTY_ROWS_APART = 100;
  private static final int HOURS_APART = 24;
  private static final long SECONDS_APART = (HOURS_APART * 60 + 30) * 60L;

  private long begin = Long.MAX_VALUE;
  private final RememberedValues values = new RememberedValues(5);
  private final RememberedValues levels = new RememberedValues(30);
  private final RememberedValues drifts = new RememberedValues(0);
  private final RecentValues recentValues = new RecentValues(LEVEL_ROWS);
  private final RecentValues recentErrors = new RecentValues(DRIFT_ROWS);
  private final SeasonalProfile profile = new SeasonalProfile();
  private final IsolatedPeaks novelties = new IsolatedPeaks(NOVELTY_ROWS_APART, Long.MAX_VALUE);
  private final IsolatedPeaks oddHours = new IsolatedPeaks(HOURS_APART, SECONDS_APART);

  /**
   * Assesses the next row, and learns from it.
   *
   * @param time in the time zone of those who make the series' rhythm
   * @param value finite
   */
  public Assessment assess(LocalDateTime time, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not a finite number: " + value);
    }
    // the epoch begins on a Thursday, which is as good as any day to begin a week
    long second = time.toEpochSecond(ZoneOffset.UTC);
    begin = Math.min(begin, second);
    Duration history = Duration.ofSeconds(second - begin);
    boolean judgesHour = profile.judges(second);
    ExpectedRange expected =
        judgesHour ? rangeAt(second) : values.bandNearest(value, SEPARATE_BANDS);
    double oddness = judgesHour ? oddness(second, value) : 0;
    boolean isKnown = values.knows(value, NOVEL);
    double usual = profile.usualAt(second);
    profile.learn(second, value);

    Novelty novelty = new Novelty(Finding.VALUE, value, values.learn(value) / NOVEL);
    novelty = stronger(stronger(novelty, ofLevel(value)), ofDrift(value - usual));
    boolean isUsualNow = judgesHour && expected.contains(value);
    double novel = peak(novelties, isUsualNow ? 0 : novelty.strength(), second);
    double odd = peak(oddHours, oddness, second);
    if (odd > novel) {
      return new Assessment(value, score(odd), Finding.HOUR, value, expected, isKnown, history);
    }
    return switch (novel < 1 ? Finding.VALUE : novelty.finding()) {
      case LEVEL -> assessment(value, novel, novelty, levels, history);
      case DRIFT -> assessment(value, novel, novelty, drifts, history);
      case VALUE, HOUR ->
          new Assessment(value, score(novel), Finding.VALUE, value, expected, isKnown, history);
    };
  }

  private record Novelty(Finding finding, double figure, double strength) {}

  private Novelty ofLevel(double value) {
    recentValues.add(value);
    if (!recentValues.isFull()) {
      return null;
    }
    double level = recentValues.median();
    return new Novelty(Finding.LEVEL, level, LEVEL_WEIGHT * levels.learn(level) / NOVEL);
  }

  /**
   * @param error NaN if it is not known what is usual
   */
  private Novelty ofDrift(double error) {
    if (Double.isNaN(error)) {
      return null;
    }
    recentErrors.add(error);
    if (!recentErrors.isFull()) {
      return null;
    }
    double drift = recentErrors.mean();
    return new Novelty(Finding.DRIFT, drift, DRIFT_WEIGHT * drifts.learn(drift) / NOVEL);
  }

  private static Novelty stronger(Novelty one, Novelty other) {
    return other == null || one.strength() >= other.strength() ? one : other;
  }

  private static Assessment assessment(
      double value, double novel, Novelty novelty, RememberedValues known, Duration history) {
    return new Assessment(
        value,
        score(novel),
        novelty.finding(),
        novelty.figure(),
        known.bandNearest(novelty.figure(), SEPARATE_BANDS),
        false,
        history);
  }

  private double oddness(long second, double value) {
    return Math.abs(value - profile.expectedAt(second)) / (ODD_ERRORS * profile.errorAt(second));
  }

  private ExpectedRange rangeAt(long second) {
    double reach = ODD_ERRORS * profile.errorAt(second);
    double low = profile.expectedAt(second) - reach;
    return new ExpectedRange(
        profile.hasNegatives() ? low : Math.max(0, low), profile.expectedAt(second) + reach, true);
  }

  private static double peak(IsolatedPeaks peaks, double height, long second) {
    return peaks.isPeak(height, second) ? height : 0;
  }

  private static double score(double strength) {
    return strength / (1 + strength);
  }

  /** Writes all that it knows, its version first. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(begin);
    values.write(out);
    levels.write(out);
    drifts.write(out);
    recentValues.write(out);
    recentErrors.write(out);
    profile.write(out);
    novelties.write(out);
    oddHours.write(out);
  }

  /**
   * A detector that goes on where the written one was.
   *
   * @throws IOException if it was written by a later version of this class
   */
  public static AnomalyDetector read(DataInput in) throws IOException {
    byte version = in.readByte();
    if (version != VERSION) {
      throw new IOException("a detector was written in a format of version " + version);
    }
    AnomalyDetector detector = new AnomalyDetector();
    detector.begin = in.readLong();
    detector.values.read(in);
    detector.levels.read(in);
    detector.drifts.read(in);
    detector.recentValues.read(in);
    detector.recentErrors.read(in);
    detector.profile.read(in);
    detector.novelties.read(in);
    detector.oddHours.read(in);
    return detector;
  }
}
