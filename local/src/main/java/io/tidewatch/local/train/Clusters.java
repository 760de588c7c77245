package io.tidewatch.local.train;

import java.util.Arrays;
import java.util.List;
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
 * Finds clusters with Tribuo's k-means, begun by k-means++; of several beginnings the one counts
 * that ends closest to the points. The same points give the same clusters.
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
      double[][] centroids = means(points, train(dataset, clusters, seed));
      double distance =
          Arrays.stream(points)
              .mapToDouble(point -> squaredDistance(point, centroids[nearest(point, centroids)]))
              .sum();
      if (distance < least) {
        best = centroids;
        least = distance;
      }
    }
    return best;
  }

  private static double[][] train(MutableDataset<ClusterID> dataset, int clusters, long seed) {
    return Arrays.stream(
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
  }

  /** The means once more, added up in the order of the points: Tribuo's order varies. */
  private static double[][] means(double[][] points, double[][] centroids) {
    return IntStream.range(0, centroids.length)
        .mapToObj(
            cluster -> {
              List<double[]> members =
                  Arrays.stream(points)
                      .filter(point -> nearest(point, centroids) == cluster)
                      .toList();
              return members.isEmpty() ? centroids[cluster] : mean(members);
            })
        .toArray(double[][]::new);
  }

  private static double[] mean(List<double[]> points) {
    double[] mean = new double[points.get(0).length];
    for (double[] point : points) {
      Arrays.setAll(mean, i -> mean[i] + point[i] / points.size());
    }
    return mean;
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

  private static int nearest(double[] point, double[][] centroids) {
    int nearest = 0;
    for (int i = 1; i < centroids.length; i++) {
      if (squaredDistance(point, centroids[i]) < squaredDistance(point, centroids[nearest])) {
        nearest = i;
      }
    }
    return nearest;
  }

  private static double squaredDistance(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i])).sum();
  }
}
