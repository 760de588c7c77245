package io.tidewatch.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a series usually is at an hour of the day, or of the week where that predicts better, and
 * how far it usually is from it.
 *
 * <p>It judges single values where the series has a rhythm and no more than one value an hour: the
 * distance to what is expected, in mean absolute errors. What differed lately, such as by a trend,
 * is added to what is expected. A series without negative values is taken for counts, the noise of
 * which grows with the square root of what is expected.
 */
final class SeasonalProfile {

  private static final int HOURS_OF_DAY = 24;
  private static final int HOURS_OF_WEEK = 168;
  private static final long SECONDS_OF_HOUR = 3600;
  private static final double LEARNING_OF_DAYS = 0.05;
  private static final double LEARNING_OF_WEEKS = 0.2;
  private static final double LEARNING_OF_ERRORS = 0.003;
  private static final double LEARNING_OF_DRIFT = 0.05;

  /** No value teaches more than this many mean errors: trouble is not what is usual. */
  private static final double MOST_ERRORS_LEARNT = 4;

  /** What the error of the hour of the week is taken for at first counts like so many rows. */
  private static final int WEIGHT_OF_ERROR_OF_DAY = 24;

  private static final int FIRST_VISITS = 3;
  private static final int UNSURE_ROWS = 48;

  /** There is a rhythm where errors are less than this share of the distance to the mean. */
  private static final double RHYTHM = 0.5;

  private static final double LEAST_SHARE_OF_MEAN = 0.25;

  private final float[] hourOfDay = new float[HOURS_OF_DAY];
  private final float[] hourOfWeek = new float[HOURS_OF_WEEK];
  private final short[] visitsOfDay = new short[HOURS_OF_DAY];
  private final short[] visitsOfWeek = new short[HOURS_OF_WEEK];
  private int rows;
  private int weekRows;
  private long lastSecond;
  private double mean;
  private double meanDistance;
  private double errorOfDay;
  private double errorOfWeek;
  private double drift;
  private boolean hasNegatives;

  /** What the hour usually is, without drift; NaN if it is not known. */
  double usualAt(long second) {
    if (visitsOfDay[hourOfDay(second)] == 0) {
      return Double.NaN;
    }
    return isWeekly(second) ? hourOfWeek[hourOfWeek(second)] : hourOfDay[hourOfDay(second)];
  }

  /** Whether it can judge a single value of that time; not before it has seen two of its weeks. */
  boolean judges(long second) {
    return rows >= UNSURE_ROWS
        && second - lastSecond >= SECONDS_OF_HOUR
        && knowsWeek(second)
        && error(second) > 0
        && error(second) < RHYTHM * meanDistance;
  }

  boolean hasNegatives() {
    return hasNegatives;
  }

  /** What is usual at the hour and what differed lately; asked of times that it judges. */
  double expectedAt(long second) {
    return usualAt(second) + drift;
  }

  /** The mean absolute error that is usual for such a value. */
  double errorAt(long second) {
    if (hasNegatives || mean <= 0) {
      return error(second);
    }
    return error(second)
        * Math.sqrt(Math.max(LEAST_SHARE_OF_MEAN, Math.abs(usualAt(second)) / mean));
  }

  void learn(long second, double value) {
    rows++;
    if (rows == 1) {
      mean = value;
    }
    hasNegatives |= value < 0;
    double usual = usualAt(second);
    double most = Double.POSITIVE_INFINITY;
    double learning = Math.max(LEARNING_OF_ERRORS, 1.0 / rows);
    if (!Double.isNaN(usual)) {
      if (rows > UNSURE_ROWS && error(second) > 0) {
        most = MOST_ERRORS_LEARNT * error(second);
      }
      double byDay = hourOfDay[hourOfDay(second)];
      double byWeek = hourOfWeek[hourOfWeek(second)];
      if (knowsWeek(second)) {
        drift += LEARNING_OF_DRIFT * within(value - usual - drift, most);
      }
      errorOfDay += learning * (Math.min(Math.abs(value - byDay - drift), most) - errorOfDay);
      if (knowsWeek(second)) {
        weekRows++;
        double learningAnew =
            Math.max(LEARNING_OF_ERRORS, 1.0 / (WEIGHT_OF_ERROR_OF_DAY + weekRows));
        errorOfWeek +=
            learningAnew * (Math.min(Math.abs(value - byWeek - drift), most) - errorOfWeek);
      } else {
        errorOfWeek = errorOfDay;
      }
    }
    meanDistance += learning * (Math.abs(value - mean) - meanDistance);
    mean += learning * (value - mean);
    learn(hourOfDay, visitsOfDay, hourOfDay(second), value, most, LEARNING_OF_DAYS);
    learn(hourOfWeek, visitsOfWeek, hourOfWeek(second), value, most, LEARNING_OF_WEEKS);
    lastSecond = second;
  }

  private static void learn(
      float[] usual, short[] visits, int hour, double value, double most, double learning) {
    visits[hour] = (short) Math.min(visits[hour] + 1, Short.MAX_VALUE);
    double error = value - usual[hour];
    usual[hour] +=
        (float)
            (Math.max(learning, 1.0 / visits[hour])
                * (visits[hour] < FIRST_VISITS ? error : within(error, most)));
  }

  private double error(long second) {
    return isWeekly(second) ? errorOfWeek : errorOfDay;
  }

  private boolean isWeekly(long second) {
    return knowsWeek(second) && errorOfWeek <= errorOfDay;
  }

  private boolean knowsWeek(long second) {
    return visitsOfWeek[hourOfWeek(second)] > 1;
  }

  private static double within(double value, double most) {
    return Math.max(-most, Math.min(most, value));
  }

  private static int hourOfDay(long second) {
    return (int) (Math.floorMod(second, HOURS_OF_DAY * SECONDS_OF_HOUR) / SECONDS_OF_HOUR);
  }

  private static int hourOfWeek(long second) {
    return (int) (Math.floorMod(second, HOURS_OF_WEEK * SECONDS_OF_HOUR) / SECONDS_OF_HOUR);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(rows);
    out.writeInt(weekRows);
    out.writeLong(lastSecond);
    out.writeDouble(mean);
    out.writeDouble(meanDistance);
    out.writeDouble(errorOfDay);
    out.writeDouble(errorOfWeek);
    out.writeDouble(drift);
    out.writeBoolean(hasNegatives);
    write(hourOfDay, visitsOfDay, out);
    write(hourOfWeek, visitsOfWeek, out);
  }

  void read(DataInput in) throws IOException {
    rows = in.readInt();
    weekRows = in.readInt();
    lastSecond = in.readLong();
    mean = in.readDouble();
    meanDistance = in.readDouble();
    errorOfDay = in.readDouble();
    errorOfWeek = in.readDouble();
    drift = in.readDouble();
    hasNegatives = in.readBoolean();
    read(hourOfDay, visitsOfDay, in);
    read(hourOfWeek, visitsOfWeek, in);
  }

  private static void write(float[] usual, short[] visits, DataOutput out) throws IOException {
    for (int hour = 0; hour < usual.length; hour++) {
      out.writeShort(visits[hour]);
      if (visits[hour] > 0) {
        out.writeFloat(usual[hour]);
      }
    }
  }

  private static void read(float[] usual, short[] visits, DataInput in) throws IOException {
    for (int hour = 0; hour < usual.length; hour++) {
      visits[hour] = in.readShort();
      if (visits[hour] > 0) {
        usual[hour] = in.readFloat();
      }
    }
  }
}
