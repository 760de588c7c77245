package io.tidewatch.segments;

import java.util.EnumMap;
import java.util.Map;

/**
 * Says which segment a customer belongs to: the one with the nearest centroid.
 *
 * @param centroids one per segment, of standardised features
 */
public record SegmentModel(Standardisation standardisation, Map<Segment, double[]> centroids) {

  public SegmentModel {
    centroids = new EnumMap<>(centroids);
  }

  /** The segment; of two that are equally near, the one that is named first. */
  public Segment segmentOf(SegmentFeatures customer) {
    double[] point = standardisation.apply(customer.values());
    Segment nearest = Segment.CHAMPIONS;
    double least = Double.POSITIVE_INFINITY;
    for (Map.Entry<Segment, double[]> candidate : centroids.entrySet()) {
      double distance = squaredDistance(point, candidate.getValue());
      if (distance < least) {
        nearest = candidate.getKey();
        least = distance;
      }
    }
    return nearest;
  }

  static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }
}
