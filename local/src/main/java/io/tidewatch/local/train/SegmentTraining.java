package io.tidewatch.local.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.local.UserException;
import io.tidewatch.models.ModelKind;
import io.tidewatch.segments.Segment;
import io.tidewatch.segments.SegmentFeature;
import io.tidewatch.segments.SegmentModel;
import io.tidewatch.segments.SegmentNames;
import io.tidewatch.segments.Standardisation;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds five clusters of the customers who pay, and names them. */
public final class SegmentTraining {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MINIMUM_CUSTOMERS = 50;

  private final PastCustomers history;

  public SegmentTraining(PastCustomers history) {
    this.history = history;
  }

  /**
   * What came of it.
   *
   * @param customers those of each segment
   */
  public record Result(
      LocalDate asOf, SegmentModel model, Map<Segment, List<ObservedCustomer>> customers) {

    /** The model and its card. */
    public ModelDocument document() {
      ObjectNode document = JSON.createObjectNode();
      SegmentFeature.labels().forEach(document.putArray("features")::add);
      add(model.standardisation().means(), document.putArray("means"));
      add(model.standardisation().deviations(), document.putArray("deviations"));
      ObjectNode centroids = document.putObject("centroids");
      model
          .centroids()
          .forEach((segment, centroid) -> add(centroid, centroids.putArray(segment.label())));
      return ModelDocument.of(ModelKind.SEGMENTS, asOf, document, card());
    }

    private String card() {
      StringBuilder card =
          new StringBuilder("# Segments of the customers who paid as of %s\n\n".formatted(asOf));
      card.append("k-means++ over seven standardised features; the means of each segment:\n\n");
      card.append("| segment | customers | ")
          .append(String.join(" | ", SegmentFeature.labels()))
          .append(" |\n|---|---:|")
          .append("---:|".repeat(SegmentFeature.labels().size()))
          .append('\n');
      customers.forEach(
          (segment, members) ->
              card.append("| %s | %,d | ".formatted(segment.label(), members.size()))
                  .append(means(members))
                  .append(" |\n"));
      return card.toString();
    }

    private static String means(List<ObservedCustomer> members) {
      double[][] rows =
          members.stream().map(member -> member.segment().values()).toArray(double[][]::new);
      return rows.length == 0
          ? "|".repeat(SegmentFeature.labels().size() - 1)
          : Arrays.stream(Standardisation.of(rows).means())
              .mapToObj(mean -> String.format(Locale.ROOT, "%,.2f", mean))
              .collect(Collectors.joining(" | "));
    }

    private static void add(double[] numbers, ArrayNode array) {
      for (double number : numbers) {
        array.add(number);
      }
    }
  }

  /**
   * Trains a model.
   *
   * @param asOf nothing at or after it counts
   * @throws UserException where too few customers pay
   */
  public Result train(LocalDate asOf) {
    List<ObservedCustomer> customers = history.payingAsOf(asOf);
    double[][] rows =
        customers.stream().map(customer -> customer.segment().values()).toArray(double[][]::new);
    long different = Arrays.stream(rows).map(Arrays::toString).distinct().count();
    if (customers.size() < MINIMUM_CUSTOMERS || different < Segment.values().length) {
      throw new UserException(
          "Segments need at least %d paying customers, not all alike; as of %s there are %d of %d kinds."
              .formatted(MINIMUM_CUSTOMERS, asOf, customers.size(), different));
    }
    Standardisation standardisation = Standardisation.of(rows);
    double[][] points = Arrays.stream(rows).map(standardisation::apply).toArray(double[][]::new);
    SegmentModel model =
        new SegmentModel(
            standardisation,
            SegmentNames.assign(Clusters.centroids(points, Segment.values().length)));
    Map<Segment, List<ObservedCustomer>> members = new EnumMap<>(Segment.class);
    for (Segment segment : Segment.values()) {
      members.put(
          segment,
          customers.stream()
              .filter(customer -> model.segmentOf(customer.segment()) == segment)
              .toList());
    }
    return new Result(asOf, model, members);
  }
}
