package io.tidewatch.local.train;

import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.tribuo.MutableDataset;
import org.tribuo.clustering.ClusterID;
import org.tribuo.clustering.ClusteringFactory;
import org.tribuo.clustering.kmeans.KMeansTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.distance.L2Distance;
import org.tribuo.math.la.DenseVector;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Finds clusters with Tribuo's k-means, begun by k-means++. The same points give the same clusters:
 * one thread, fixed seeds; of several beginnings the one counts that ends closest to the points.
 */
final class Clusters {

  private static final int BEGINNINGS = 10;
  private static final int ITERATIONS = 100;

  /** Kept, as the level of a logger that nobody holds is forgotten. */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  private static final ClusteringFactory FACTORY = new ClusteringFactory();

  static {
    TRIBUO.setLevel(Level.WARNING);
  }

  private Clusters() {}

  /**
   * The centroids of so many clusters.
   *
   * @param points at least as many as clusters, all of the same length
   */
  static double[][] centroids(double[][] points, int clusters) {
    MutableDataset<ClusterID> dataset = dataset(points);
    double[][] best = null;
    double least = Double.POSITIVE_INFINITY;
    for (long seed = 1; seed <= BEGINNINGS; seed++) {
      double[][] centroids =
          Arrays.stream(
                  new KMeansTrainer(
                          clusters,
                          ITERATIONS,
                          new L2Distance(),
                          KMeansTrainer.Initialisation.PLUSPLUS,
                          1,
                          seed)
                      .train(dataset)
                      .getCentroidVectors())
              .map(DenseVector::toArray)
              .toArray(double[][]::new);
      double distance =
          Arrays.stream(points).mapToDouble(point -> toNearest(point, centroids)).sum();
      if (distance < least) {
        best = centroids;
        least = distance;
      }
    }
    return best;
  }

  private static MutableDataset<ClusterID> dataset(double[][] points) {
    // Tribuo orders features by their names
    String[] names =
        IntStream.range(0, points[0].length).mapToObj("%03d"::formatted).toArray(String[]::new);
    MutableDataset<ClusterID> dataset =
        new MutableDataset<>(new SimpleDataSourceProvenance("customers", FACTORY), FACTORY);
    for (double[] point : points) {
      dataset.add(
          new ArrayExample<>(ClusteringFactory.UNASSIGNED_CLUSTER_ID, names, point.clone()));
    }
    return dataset;
  }

  private static double toNearest(double[] point, double[][] centroids) {
    return Arrays.stream(centroids)
        .mapToDouble(
            centroid ->
                IntStream.range(0, point.length)
                    .mapToDouble(i -> (point[i] - centroid[i]) * (point[i] - centroid[i]))
                    .sum())
        .min()
        .orElseThrow();
  }
}
