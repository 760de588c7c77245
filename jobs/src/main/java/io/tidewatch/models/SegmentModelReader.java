package io.tidewatch.models;

import io.tidewatch.segments.Segment;
import io.tidewatch.segments.SegmentFeature;
import io.tidewatch.segments.SegmentModel;
import io.tidewatch.segments.Standardisation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads segment models:
 *
 * <pre>{@code
 * {"features": [...], "means": [...], "deviations": [...], "centroids": {"Champions": [...], ...}}
 * }</pre>
 */
final class SegmentModelReader {

  private SegmentModelReader() {}

  static SegmentModel read(Fields fields) {
    List<String> features = SegmentFeature.labels();
    fields.mustBe("features", features);
    Fields named = fields.child("centroids");
    Map<Segment, double[]> centroids = new EnumMap<>(Segment.class);
    for (Segment segment : Segment.values()) {
      centroids.put(segment, named.numbers(segment.label(), features.size()));
    }
    return new SegmentModel(
        new Standardisation(
            fields.numbers("means", features.size()),
            fields.positiveNumbers("deviations", features.size())),
        centroids);
  }
}
