package io.tidewatch.segments;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Gives five clusters the names of the segments.
 *
 * <p>Each segment has a profile. Of all ways to give each cluster a name of its own, the one is
 * taken whose squared distances between centroids and profiles have the least sum. So no name
 * depends on the order in which clusters were found, each is given once, and a cluster may get its
 * second-best name where another one deserves the best more.
 */
public final class SegmentNames {

  private final double[][] centroids;
  private final int[] chosen;
  private double least = Double.POSITIVE_INFINITY;

  private SegmentNames(double[][] centroids) {
    this.centroids = centroids;
    this.chosen = new int[centroids.length];
  }

  /**
   * Names the clusters.
   *
   * @param centroids five, of standardised features
   */
  public static Map<Segment, double[]> assign(double[][] centroids) {
    Segment[] segments = Segment.values();
    if (centroids.length != segments.length) {
      throw new IllegalArgumentException(
          "%d clusters cannot have %d names".formatted(centroids.length, segments.length));
    }
    double[][] ordered = centroids.clone();
    Arrays.sort(ordered, Arrays::compare);
    SegmentNames names = new SegmentNames(ordered);
    names.tryFrom(0, new int[segments.length], 0);
    Map<Segment, double[]> named = new EnumMap<>(Segment.class);
    for (Segment segment : segments) {
      named.put(segment, ordered[names.chosen[segment.ordinal()]].clone());
    }
    return named;
  }

  /** Tries all clusters not yet taken for the segment of that number and those after it. */
  private void tryFrom(int segment, int[] clusters, double sum) {
    if (sum >= least) {
      return;
    }
    if (segment == clusters.length) {
      least = sum;
      System.arraycopy(clusters, 0, chosen, 0, clusters.length);
      return;
    }
    double[] profile = Segment.values()[segment].profile();
    for (int cluster = 0; cluster < centroids.length; cluster++) {
      if (isFree(cluster, clusters, segment)) {
        clusters[segment] = cluster;
        tryFrom(
            segment + 1, clusters, sum + SegmentModel.squaredDistance(centroids[cluster], profile));
      }
    }
  }

  private static boolean isFree(int cluster, int[] clusters, int upTo) {
    for (int i = 0; i < upTo; i++) {
      if (clusters[i] == cluster) {
        return false;
      }
    }
    return true;
  }
}
