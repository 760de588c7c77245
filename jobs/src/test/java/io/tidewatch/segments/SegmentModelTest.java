package io.tidewatch.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmentModelTest {

  private static final Standardisation TENS =
      new Standardisation(
          new double[] {10, 10, 10, 10, 10, 10, 10}, new double[] {10, 10, 10, 10, 10, 10, 10});

  private static double[][] profiles() {
    return Arrays.stream(Segment.values()).map(Segment::profile).toArray(double[][]::new);
  }

  @Test
  void theNearestCentroidNamesTheSegment() {
    SegmentModel model = new SegmentModel(TENS, SegmentNames.assign(profiles()));
    for (Segment segment : Segment.values()) {
      double[] raw = Arrays.stream(segment.profile()).map(z -> 10 + 10 * z).toArray();
      assertThat(
              model.segmentOf(
                  new SegmentFeatures(raw[0], raw[1], raw[2], raw[3], raw[4], raw[5], raw[6])))
          .isEqualTo(segment);
    }
  }

  @Test
  void giantsAreNoFurtherThanThreeDeviations() {
    assertThat(TENS.apply(new double[] {1e9, -1e9, 10, 15, 40, 39, 0}))
        .containsExactly(3, -3, 0, 0.5, 3, 2.9, -1);
  }

  @Test
  void standardisesAPopulation() {
    Standardisation standardisation =
        Standardisation.of(new double[][] {{1, 5}, {3, 5}, {5, 5}, {7, 5}});
    assertThat(standardisation.means()).containsExactly(4, 5);
    // the mean of 9, 1, 1 and 9 is 5; where all are alike, nothing is to be divided by
    assertThat(standardisation.deviations()).containsExactly(Math.sqrt(5), 1);
  }

  @Test
  void whatIsNotKnownIsAverage() {
    assertThat(TENS.apply(new double[] {Double.NaN, 20})).containsExactly(0, 1);
    Standardisation standardisation =
        Standardisation.of(
            new double[][] {{1, Double.NaN}, {Double.NaN, Double.NaN}, {3, Double.NaN}});
    assertThat(standardisation.means()).containsExactly(2, 0);
    assertThat(standardisation.deviations()).containsExactly(1, 1);
  }

  @Test
  void namesDoNotDependOnTheOrderInWhichClustersWereFound() {
    Random random = new Random(5);
    double[][] centroids = new double[5][7];
    for (double[] centroid : centroids) {
      Arrays.setAll(centroid, i -> random.nextGaussian());
    }
    Map<Segment, double[]> expected = SegmentNames.assign(centroids);
    assertThat(expected).containsOnlyKeys(Segment.values());
    for (int i = 0; i < 20; i++) {
      List<double[]> shuffled = Arrays.asList(centroids.clone());
      Collections.shuffle(shuffled, random);
      assertThat(SegmentNames.assign(shuffled.toArray(double[][]::new)))
          .usingRecursiveComparison()
          .isEqualTo(expected);
    }
  }

  @Test
  void ofTwoClustersThatDeserveANameTheOneThatLosesLessGoesWithout() {
    double[][] centroids = profiles();
    // as good as a champion, and the champions are even better: they keep the name
    centroids[Segment.LOYAL_CUSTOMERS.ordinal()] = Segment.CHAMPIONS.profile();
    double[] better = Segment.CHAMPIONS.profile();
    better[0] += 1;
    better[4] += 1;
    centroids[Segment.CHAMPIONS.ordinal()] = better;
    Map<Segment, double[]> named = SegmentNames.assign(centroids);
    assertThat(named.get(Segment.CHAMPIONS)).isEqualTo(better);
    assertThat(named.get(Segment.LOYAL_CUSTOMERS)).isEqualTo(Segment.CHAMPIONS.profile());
    assertThat(named.get(Segment.HIBERNATING)).isEqualTo(Segment.HIBERNATING.profile());
  }

  @Test
  void fiveNamesAreForFiveClusters() {
    assertThatThrownBy(() -> SegmentNames.assign(new double[4][7]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("4 clusters cannot have 5 names");
  }
}
