package io.tidewatch.bench.pattern;

import java.time.Duration;

/** What happens to the series of a run; the same in each run. */
enum Scenario {
  /** One window in a hundred is above what is usual. */
  BREACHES(Duration.ofMinutes(1)) {
    @Override
    double value(int series, int round) {
      return level(isBreach(series, round), series, round);
    }
  },
  /** And half of the series are so for 20 rounds of 40, five on and three off. */
  STORMS(Duration.ofMinutes(1)) {
    @Override
    double value(int series, int round) {
      boolean storm = round % 40 >= 20 && round % 8 < 5 && hash(series, 7, 9) % 2 == 0;
      return level(storm || isBreach(series, round), series, round);
    }
  },
  /** Days of revenue that goes up and down by chance. */
  REVENUE(Duration.ofDays(1)) {
    @Override
    double value(int series, int round) {
      return 50 + hash(series, round, 5) % 10_000 / 100.0;
    }
  };

  private static final double NORMAL = 10;
  private static final double BREACH = 30;

  /** Rounds that every series has without a breach, for the usual to be known. */
  static final int CALM = 10;

  private final Duration window;

  Scenario(Duration window) {
    this.window = window;
  }

  /** How long a round is. */
  Duration window() {
    return window;
  }

  /** The value of a series in a round; it is there unless {@link #isMissing}. */
  abstract double value(int series, int round);

  /** One window in a hundred is missing, half of them in gaps of 16. */
  static boolean isMissing(int series, int round) {
    return round >= CALM
        && (hash(series, round, 1) % 200 == 0 || hash(series, round / 16, 2) % 200 == 0);
  }

  /** Whether a value is above what is usual. */
  static boolean isAbove(double value) {
    return value >= BREACH;
  }

  /** Breaches last from one to five rounds. */
  private static boolean isBreach(int series, int round) {
    for (int begin = Math.max(CALM, round - 4); begin <= round; begin++) {
      if (hash(series, begin, 3) % 300 == 0 && 1 + hash(series, begin, 4) % 5 > round - begin) {
        return true;
      }
    }
    return false;
  }

  private static double level(boolean breach, int series, int round) {
    return (breach ? BREACH : NORMAL) + hash(series, round, 6) % 5;
  }

  private static long hash(long one, long other, long salt) {
    long mixed =
        one * 0x9E3779B97F4A7C15L + other * 0xC2B2AE3D27D4EB4FL + salt * 0x165667B19E3779F9L;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return (mixed ^ mixed >>> 31) >>> 1;
  }
}
