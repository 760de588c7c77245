package io.tidewatch.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.lifetime.LifetimeModel.Group;
import io.tidewatch.segments.Segment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SurvivalCurveTest {

  private static final double PRINTED = 5e-4;

  /**
   * Weeks of remission under 6-mercaptopurine: the treated arm of E. Freireich and others, "The
   * effect of 6-mercaptopurine on the duration of steroid-induced remissions in acute leukemia",
   * 1963, the example of many textbooks.
   */
  private static final List<Observation> REMISSIONS =
      Stream.concat(
              DoubleStream.of(6, 6, 6, 7, 10, 13, 16, 22, 23)
                  .mapToObj(weeks -> new Observation(weeks, true)),
              DoubleStream.of(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
                  .mapToObj(weeks -> new Observation(weeks, false)))
          .toList();

  private static final SurvivalCurve CURVE = SurvivalCurve.of(REMISSIONS);

  @Test
  void givesThePublishedShares() {
    // 18/21, × 16/17, × 14/15, × 11/12, × 10/11, × 6/7, × 5/6
    double[] weeks = {5.9, 6, 7, 10, 13, 16, 22, 23, 35};
    double[] published = {1, 0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482, 0.4482};
    for (int i = 0; i < weeks.length; i++) {
      assertThat(CURVE.survival(weeks[i])).isCloseTo(published[i], within(PRINTED));
    }
  }

  @Test
  void countsThoseLastSeenWhenOthersLeftAsStillThere() {
    assertThat(CURVE.steps())
        .startsWith(new SurvivalCurve.Step(6, 21, 3), new SurvivalCurve.Step(7, 17, 1))
        .hasSize(7);
  }

  @Test
  void doesNotDependOnTheOrderOfObservations() {
    List<Observation> shuffled = new ArrayList<>(REMISSIONS);
    Collections.shuffle(shuffled, new Random(3));
    assertThat(SurvivalCurve.of(shuffled)).isEqualTo(CURVE);
  }

  /**
   * Three customers: one leaves after 2 months, one after 4, one is seen for 6. The share is 1 to
   * 2, 2/3 to 4, 1/3 from there, so the area to 6 is 2 + 4/3 + 2/3 = 4. The variance is (4/3 +
   * 2/3)² × 1 ÷ (3 × 2) + (2/3)² × 1 ÷ (2 × 1) = 2/3 + 2/9 = 8/9.
   */
  @Test
  void theRestrictedMeanIsTheAreaWithGreenwoodsInterval() {
    SurvivalCurve curve =
        SurvivalCurve.of(
            List.of(new Observation(2, true), new Observation(4, true), new Observation(6, false)));
    Estimate mean = curve.restrictedMean(6);
    assertThat(mean.value()).isCloseTo(4, within(1e-12));
    assertThat(mean.low()).isCloseTo(4 - 1.959964 * Math.sqrt(8.0 / 9), within(1e-6));
    // 5.85 is below the horizon of 6
    assertThat(mean.high()).isCloseTo(4 + 1.959964 * Math.sqrt(8.0 / 9), within(1e-6));
    assertThat(curve.restrictedMean(3).value()).isCloseTo(2 + 2.0 / 3, within(1e-12));
  }

  /** Beyond 6 months the share is that of the exponential through (6, 1/3). */
  @Test
  void goesOnAsTheExponentialThroughItsEnd() {
    SurvivalCurve curve =
        SurvivalCurve.of(
            List.of(new Observation(2, true), new Observation(4, true), new Observation(6, false)));
    double hazard = Math.log(3) / 6;
    assertThat(curve.survival(12)).isCloseTo(1.0 / 9, within(1e-12));
    assertThat(curve.restrictedMean(12).value())
        .isCloseTo(4 + (1.0 / 3 - 1.0 / 9) / hazard, within(1e-9));
  }

  @Test
  void nobodyRemainsWhereAllHaveLeftAndAllDoWhereNobodyHas() {
    SurvivalCurve gone =
        SurvivalCurve.of(List.of(new Observation(1, true), new Observation(3, true)));
    assertThat(gone.survival(3)).isZero();
    assertThat(gone.restrictedMean(36).value()).isCloseTo(2, within(1e-12));
    SurvivalCurve loyal = SurvivalCurve.of(List.of(new Observation(5, false)));
    assertThat(loyal.restrictedMean(36)).isEqualTo(new Estimate(36, 36, 36));
  }

  @Test
  void refusesAnObservationOfNoTime() {
    assertThatThrownBy(() -> new Observation(0, true)).hasMessageContaining("0.0 months");
    assertThatThrownBy(() -> new Observation(Double.NaN, true)).hasMessageContaining("NaN");
  }

  /** 20 months × 49.90 × 0.8 = 798.40. */
  @Test
  void aCustomerIsWorthTheMarginOfTheMonthsThatRemain() {
    LifetimeModel model =
        new LifetimeModel(
            36,
            new BigDecimal("0.8"),
            new Estimate(10, 8, 12),
            Map.of(
                new Group("pro", null), new Estimate(15, 14, 16),
                new Group("pro", Segment.CHAMPIONS), new Estimate(20, 18.5, 21.25)));
    BigDecimal mrr = new BigDecimal("49.90");
    LifetimeValue champion = model.value("pro", Segment.CHAMPIONS, mrr);
    assertThat(champion.value()).isEqualByComparingTo("798.40");
    assertThat(champion.low()).isEqualByComparingTo("738.52");
    assertThat(champion.high()).isEqualByComparingTo("848.30");
    assertThat(model.value("pro", Segment.AT_RISK, mrr).months().value()).isEqualTo(15);
    assertThat(model.value("starter", Segment.CHAMPIONS, mrr).months().value()).isEqualTo(10);
    assertThat(model.value("pro", Segment.CHAMPIONS, BigDecimal.ZERO).value()).isZero();
  }
}
