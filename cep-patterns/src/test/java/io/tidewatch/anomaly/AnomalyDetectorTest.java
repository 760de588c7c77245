package io.tidewatch.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.anomaly.Assessment.Finding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnomalyDetectorTest {

  private static final LocalDateTime MONDAY = LocalDateTime.parse("2026-01-05T00:00:00");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final int MOST_STATE_BYTES = 8192;

  private AnomalyDetector detector = new AnomalyDetector();
  private LocalDateTime time = MONDAY;

  @Test
  void aValueFarFromAllSeenIsAnAlarmOnceAndSaysWhatWasExpected() {
    Random noise = new Random(1);
    for (int row = 0; row < 1000; row++) {
      next(100 + 10 * noise.nextDouble(), FIVE_MINUTES);
    }
    Assessment odd = next(200, FIVE_MINUTES);
    assertThat(odd.isAlarm()).isTrue();
    assertThat(odd.finding()).isEqualTo(Finding.VALUE);
    assertThat(odd.isKnown()).isFalse();
    assertThat(odd.isExpected()).isFalse();
    assertThat(odd.expected().low()).isBetween(100.0, 101.0);
    assertThat(odd.expected().high()).isBetween(109.0, 110.0);

    Assessment again = next(200, FIVE_MINUTES);
    assertThat(again.isAlarm()).isFalse();
    assertThat(again.isExpected()).as("known, but not usual").isFalse();
    assertThat(next(105, FIVE_MINUTES).isExpected()).isTrue();
  }

  @Test
  void aGapBetweenTwoUsualLevelsIsOdd() {
    Random noise = new Random(2);
    for (int row = 0; row < 1000; row++) {
      next((row / 20 % 2 == 0 ? 20 : 100) + noise.nextDouble(), FIVE_MINUTES);
    }
    Assessment between = next(70, FIVE_MINUTES);
    assertThat(between.isAlarm()).isTrue();
    assertThat(between.expected().contains(100.5)).as("the nearer level").isTrue();
  }

  @Test
  void aUsualValueAtAnUnusualHourIsOdd() {
    week(5);
    // Tuesday 03:00 has about 100, Tuesday 11:00 about 500
    while (!time.equals(MONDAY.plusDays(36).plusHours(11))) {
      assertThat(next(usual(time), HOUR).isAlarm()).isFalse();
    }
    Assessment odd = next(100, HOUR);
    assertThat(odd.finding()).isEqualTo(Finding.HOUR);
    assertThat(odd.isAlarm()).isTrue();
    assertThat(odd.isKnown()).isTrue();
    assertThat(odd.expected().contains(500)).isTrue();
    assertThat(odd.expected().low()).isGreaterThan(300);
  }

  @Test
  void noWeekendIsTroubleOnceTwoAreKnown() {
    week(2);
    for (int hour = 0; hour < 4 * 168; hour++) {
      assertThat(next(usual(time), HOUR).isAlarm()).as("%s", time).isFalse();
    }
  }

  @Test
  void aTrendIsNoTrouble() {
    Random noise = new Random(3);
    int alarms = 0;
    for (int day = 0; day < 400; day++) {
      double weekend = time.getDayOfWeek().getValue() > 5 ? 0.6 : 1;
      double value = 1000 * Math.pow(1.002, day) * weekend * (1 + 0.02 * noise.nextGaussian());
      alarms += next(value, Duration.ofDays(1)).isAlarm() && day > 56 ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo(1);
  }

  /** What came once is forgotten sooner than what came more often. */
  @Test
  void theSameTroubleIsNewsAgain() {
    Random noise = new Random(4);
    for (int round = 0; round < 3; round++) {
      for (int row = 0; row < 2000 * (round + 1); row++) {
        next(100 + 10 * noise.nextDouble(), FIVE_MINUTES);
      }
      assertThat(next(200, FIVE_MINUTES).isAlarm()).as("round %d", round).isTrue();
    }
  }

  private enum Noise {
    STATIONARY,
    SEASONAL,
    WALK
  }

  @ParameterizedTest
  @EnumSource
  void noiseGivesFewAlarms(Noise kind) {
    Random noise = new Random(6);
    int alarms = 0;
    int series = 10;
    int rows = 4000;
    for (int number = 0; number < series; number++) {
      detector = new AnomalyDetector();
      double walk = 0;
      for (int row = 0; row < rows; row++) {
        double step = noise.nextGaussian();
        walk += step;
        double value =
            switch (kind) {
              case STATIONARY -> 100 + step;
              case SEASONAL -> 10 * Math.sin(2 * Math.PI * row / 288) + step;
              case WALK -> walk;
            };
        alarms += next(value, FIVE_MINUTES).isAlarm() ? 1 : 0;
      }
    }
    assertThat(alarms * 1000.0 / (series * rows)).isLessThanOrEqualTo(0.6);
  }

  @Test
  void writtenAndReadItGoesOnAsIfNothingHadBeen() throws IOException {
    Random noise = new Random(7);
    List<Double> scores = new ArrayList<>();
    for (boolean restart : new boolean[] {false, true}) {
      detector = new AnomalyDetector();
      time = MONDAY;
      noise.setSeed(7);
      double sum = 0;
      for (int row = 0; row < 1500; row++) {
        if (restart && row % 100 == 50) {
          detector = restored(written(detector));
        }
        sum += next(usual(time) * (1 + noise.nextGaussian()), HOUR).score();
      }
      scores.add(sum);
    }
    assertThat(scores.get(0)).isPositive().isEqualTo(scores.get(1));
  }

  @Test
  void itsStateIsBoundedWhateverTheSeries() throws IOException {
    Random noise = new Random(8);
    int most = 0;
    for (int row = 0; row < 20_000; row++) {
      next(Math.pow(10, noise.nextInt(12)) * noise.nextDouble(), Duration.ofMinutes(61));
      if (row % 1000 == 0) {
        most = Math.max(most, written(detector).length);
      }
    }
    assertThat(most).isBetween(3000, MOST_STATE_BYTES);
  }

  @Test
  void stateOfALaterVersionIsRefused() throws IOException {
    byte[] written = written(detector);
    written[0]++;
    assertThatThrownBy(() -> restored(written)).isInstanceOf(IOException.class);
  }

  @Test
  void aConstantSeriesIsCalmAndItsFirstChangeIsNot() {
    for (int row = 0; row < 500; row++) {
      assertThat(next(0, FIVE_MINUTES).score()).isLessThan(0.01);
    }
    assertThat(next(1, FIVE_MINUTES).isAlarm()).isTrue();
  }

  @Test
  void onlyNumbersAreAssessed() {
    assertThatThrownBy(() -> next(Double.NaN, HOUR)).isInstanceOf(IllegalArgumentException.class);
  }

  private void week(int weeks) {
    for (int hour = 0; hour < weeks * 168; hour++) {
      next(usual(time), HOUR);
    }
  }

  /** 100 at night, 500 by day, half of it at weekends; 3 % more or less. */
  private static double usual(LocalDateTime time) {
    double byDay = time.getHour() >= 8 && time.getHour() < 20 ? 500 : 100;
    double weekend = time.getDayOfWeek().getValue() > 5 ? 0.5 : 1;
    return byDay * weekend * (1 + 0.03 * Math.sin(time.getDayOfYear() * 24 + time.getHour()));
  }

  private Assessment next(double value, Duration step) {
    Assessment assessment = detector.assess(time, value);
    time = time.plus(step);
    return assessment;
  }

  private static byte[] written(AnomalyDetector detector) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    detector.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static AnomalyDetector restored(byte[] written) throws IOException {
    return AnomalyDetector.read(new DataInputStream(new ByteArrayInputStream(written)));
  }
}
