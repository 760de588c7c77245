package io.tidewatch.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import io.tidewatch.pattern.window.SeriesWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many series of random windows, out of order up to the watermark and some behind it, give what a
 * plain loop over the sorted windows gives, whatever happens to the job meanwhile.
 */
class RandomSequencesTest {

  private static final int SERIES = 25;
  private static final int WINDOWS = 200;

  /** So many windows come in any order before the watermark passes them. */
  private static final int DISORDER = 4;

  private static final int BLOCKS = WINDOWS / DISORDER;

  /** What happens to the job while it runs. */
  private enum Disturbance {
    NONE,
    /** It is stopped and started again, each time at another parallelism. */
    RESCALES,
    /** It fails, and begins again where the last checkpoint was, at another parallelism too. */
    FAILURES
  }

  @ParameterizedTest
  @EnumSource
  void spikesAreThoseOfAPlainLoop(Disturbance disturbance) throws Exception {
    Random random = new Random(20260302);
    Recording recording = new Recording(Duration.ofMinutes(1), random, Recording::spiky);
    assertThat(play(recording, Patterns.spike(), disturbance))
        .hasSizeGreaterThan(150)
        .containsExactlyInAnyOrderElementsOf(
            recording.expected(values -> new PlainRow.OfSpikes().alerts(values)));
  }

  @ParameterizedTest
  @EnumSource
  void dropsAreThoseOfAPlainLoop(Disturbance disturbance) throws Exception {
    Random random = new Random(20260303);
    Recording recording = new Recording(Duration.ofDays(1), random, Recording::walking);
    assertThat(play(recording, Patterns.drop(), disturbance))
        .hasSizeGreaterThan(150)
        .containsExactlyInAnyOrderElementsOf(
            recording.expected(values -> new PlainRow.OfDrops().alerts(values)));
  }

  private static Set<String> play(
      Recording recording, WindowPattern pattern, Disturbance disturbance) throws Exception {
    Set<String> rules = Set.of(pattern.profile().rule());
    Set<String> alerts = new HashSet<>();
    PatternOperators operators = PatternOperators.of(pattern, 2, rules);
    int block = 0;
    int disturbances = 0;
    while (block < BLOCKS) {
      boolean disturbed = disturbance != Disturbance.NONE && block % 12 == 5;
      if (disturbed) {
        // in the middle of a block: rows wait for the watermark
        recording.feedHalf(block, operators);
        PatternOperators.Snapshot snapshot = operators.snapshot();
        if (disturbance == Disturbance.FAILURES) {
          recording.feedOtherHalf(block, operators);
          recording.feed(block + 1, operators);
        }
        alerts.addAll(recording.inShort(operators.alerts()));
        operators.close();
        disturbances++;
        operators = PatternOperators.restored(pattern, 1 + disturbances % 3, rules, snapshot);
        recording.feedOtherHalf(block, operators);
      } else {
        recording.feed(block, operators);
      }
      block++;
    }
    operators.advanceTo(recording.end().plus(Duration.ofDays(100)).toEpochMilli());
    alerts.addAll(recording.inShort(operators.alerts()));
    assertThat(operators.remains()).isZero();
    operators.close();
    return alerts;
  }

  @FunctionalInterface
  private interface Values {
    double[] draw(Random random);
  }

  @FunctionalInterface
  private interface Loop {
    List<String> alerts(double[] values);
  }

  /** Windows by block, as they come. */
  private static final class Recording {

    private final Duration length;
    private final double[][] values = new double[SERIES][];
    private final List<List<SeriesWindow>> blocks = new ArrayList<>();

    private Recording(Duration length, Random random, Values source) {
      this.length = length;
      for (int series = 0; series < SERIES; series++) {
        values[series] = source.draw(random);
      }
      for (int block = 0; block < BLOCKS; block++) {
        List<SeriesWindow> windows = new ArrayList<>();
        for (int series = 0; series < SERIES; series++) {
          for (int number = block * DISORDER + 1; number <= (block + 1) * DISORDER; number++) {
            double value = values[series][number - 1];
            if (!Double.isNaN(value)) {
              windows.add(SequenceScript.window("s" + series, length, number, value));
            }
          }
        }
        Collections.shuffle(windows, random);
        for (int late = 0; block > 2 && late < 5; late++) {
          int number = 1 + random.nextInt(block * DISORDER);
          String series = "s" + random.nextInt(SERIES);
          windows.add(
              random.nextInt(windows.size()),
              SequenceScript.window(series, length, number, random.nextInt(200)));
        }
        blocks.add(windows);
      }
    }

    private static double[] spiky(Random random) {
      double[] drawn = new double[WINDOWS];
      boolean high = false;
      for (int i = 0; i < WINDOWS; i++) {
        high = random.nextInt(100) < (high ? 75 : 12);
        drawn[i] = random.nextInt(100) < 6 ? Double.NaN : (high ? 25 : 8) + random.nextInt(8);
      }
      silence(drawn, random);
      return drawn;
    }

    private static double[] walking(Random random) {
      double[] drawn = new double[WINDOWS];
      double level = 100;
      for (int i = 0; i < WINDOWS; i++) {
        level *= 0.8 + random.nextDouble() * 0.42;
        level = Math.max(40, Math.min(400, level));
        drawn[i] = random.nextInt(100) < 8 ? Double.NaN : Math.rint(level);
      }
      silence(drawn, random);
      return drawn;
    }

    private static void silence(double[] drawn, Random random) {
      int from = random.nextInt(WINDOWS / 2);
      for (int i = from; i < from + 70; i++) {
        drawn[i] = Double.NaN;
      }
    }

    private void feed(int block, PatternOperators operators) throws Exception {
      feedHalf(block, operators);
      feedOtherHalf(block, operators);
    }

    private void feedHalf(int block, PatternOperators operators) throws Exception {
      List<SeriesWindow> windows = blocks.get(block);
      for (SeriesWindow window : windows.subList(0, windows.size() / 2)) {
        operators.feed(window);
      }
    }

    private void feedOtherHalf(int block, PatternOperators operators) throws Exception {
      List<SeriesWindow> windows = blocks.get(block);
      for (SeriesWindow window : windows.subList(windows.size() / 2, windows.size())) {
        operators.feed(window);
      }
      long passed =
          SequenceScript.BEGIN.plus(length.multipliedBy((block + 1L) * DISORDER)).toEpochMilli();
      operators.advanceTo(passed + 999);
    }

    private Instant end() {
      return SequenceScript.BEGIN.plus(length.multipliedBy(WINDOWS));
    }

    private List<String> expected(Loop loop) {
      List<String> expected = new ArrayList<>();
      for (int series = 0; series < SERIES; series++) {
        String name = "s" + series;
        loop.alerts(values[series]).forEach(alert -> expected.add(name + ' ' + alert));
      }
      return expected;
    }

    private List<String> inShort(List<Alert> alerts) {
      return alerts.stream()
          .map(alert -> alert.series() + ' ' + SequenceScript.inShort(alert, length))
          .toList();
    }
  }
}
