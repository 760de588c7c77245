package io.tidewatch.bench.detect;

import io.tidewatch.anomaly.AnomalyDetector;
import io.tidewatch.local.UserException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidewatch bench detect}: how fast the detector is, how large, and how calm on noise. */
@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    description = {
      "Has the detector assess series of noise: normal, with a daily rhythm, random walks, and",
      "Laplace's, whose outliers are many and real.",
      "Prints rows per second of one core's time, the largest state of a series, and alarms per",
      "1,000 rows. Fewer than 200,000 rows, more than 8 KB or, but for Laplace's, more than 0.6",
      "alarms end it with 1."
    })
public final class DetectCommand implements Callable<Integer> {

  private static final LocalDateTime BEGIN = LocalDateTime.parse("2026-01-05T00:00:00");
  private static final Duration STEP = Duration.ofMinutes(5);
  private static final int ROWS = 5000;
  private static final int SLOWEST = 200_000;
  private static final int MOST_BYTES = 8192;
  private static final double MOST_ALARMS = 0.6;

  @Option(
      names = "--series",
      paramLabel = "N",
      description = "How many series of 5,000 rows of each kind (default: ${DEFAULT-VALUE}).",
      defaultValue = "100")
  private int series;

  private enum Noise {
    STATIONARY,
    SEASONAL,
    WALK,
    LAPLACE
  }

  private record Result(double rowsPerSecond, int stateBytes, double alarms) {}

  @Override
  public Integer call() throws IOException {
    if (series < 1) {
      throw new UserException("There must be a series.");
    }
    boolean isGood = true;
    for (Noise noise : Noise.values()) {
      Result result = measure(noise);
      System.out.printf(
          "%s: rows_per_second=%.0f state_bytes=%d alarms_per_1000_rows=%.2f%n",
          noise.name().toLowerCase(Locale.ROOT),
          result.rowsPerSecond(),
          result.stateBytes(),
          result.alarms());
      isGood &=
          result.rowsPerSecond() >= SLOWEST
              && result.stateBytes() <= MOST_BYTES
              && (noise == Noise.LAPLACE || result.alarms() <= MOST_ALARMS);
    }
    return isGood ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private Result measure(Noise noise) throws IOException {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    int alarms = 0;
    int bytes = 0;
    long nanos = 0;
    for (int number = 0; number < series; number++) {
      double[] values = values(noise, new Random(number));
      AnomalyDetector detector = new AnomalyDetector();
      LocalDateTime time = BEGIN;
      long before = clock.getCurrentThreadCpuTime();
      for (double value : values) {
        alarms += detector.assess(time, value).isAlarm() ? 1 : 0;
        time = time.plus(STEP);
      }
      nanos += clock.getCurrentThreadCpuTime() - before;
      bytes = Math.max(bytes, stateBytes(detector));
    }
    double rows = (double) series * ROWS;
    return new Result(rows * 1e9 / nanos, bytes, 1000 * alarms / rows);
  }

  private static double[] values(Noise noise, Random random) {
    double[] values = new double[ROWS];
    double walk = 0;
    for (int row = 0; row < ROWS; row++) {
      double step = random.nextGaussian();
      walk += step;
      double day = 2 * Math.PI * row * STEP.toMinutes() / Duration.ofDays(1).toMinutes();
      values[row] =
          switch (noise) {
            case STATIONARY -> 100 + step;
            case SEASONAL -> 100 + 10 * Math.sin(day) + step;
            case WALK -> walk;
            case LAPLACE -> 100 + laplace(random);
          };
    }
    return values;
  }

  private static double laplace(Random random) {
    double size = -Math.log(1 - random.nextDouble());
    return random.nextBoolean() ? size : -size;
  }

  private static int stateBytes(AnomalyDetector detector) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    detector.write(new DataOutputStream(bytes));
    return bytes.size();
  }
}
