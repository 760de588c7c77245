package io.tidewatch.models;

import io.tidewatch.lifetime.Estimate;
import io.tidewatch.lifetime.LifetimeModel;
import io.tidewatch.lifetime.LifetimeModel.Group;
import io.tidewatch.segments.Segment;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads lifetime models; a group without a segment is a whole plan:
 *
 * <pre>{@code
 * {"horizon_months": 36, "gross_margin": 0.8,
 *  "everyone": {"months": 20.5, "low": 18.1, "high": 22.9},
 *  "groups": [{"plan": "pro", "segment": "Champions", "months": 30, "low": 27, "high": 33}]}
 * }</pre>
 */
final class LifetimeModelReader {

  private static final List<String> SEGMENTS =
      Arrays.stream(Segment.values()).map(Segment::label).toList();

  private final Fields fields;
  private final double horizon;

  private LifetimeModelReader(Fields fields) {
    this.fields = fields;
    this.horizon = fields.positive("horizon_months");
  }

  static LifetimeModel read(Fields fields) {
    return new LifetimeModelReader(fields).read();
  }

  private LifetimeModel read() {
    double margin = fields.positive("gross_margin");
    if (margin > 1) {
      fields.problem("must not have a gross_margin above 1");
    }
    Map<Group, Estimate> groups = new HashMap<>();
    for (Fields group : fields.children("groups")) {
      Segment segment =
          group.has("segment") ? Segment.values()[group.indexOf("segment", SEGMENTS)] : null;
      if (groups.put(new Group(group.text("plan"), segment), estimate(group)) != null) {
        group.problem("is of the same plan and segment as one before");
      }
    }
    return new LifetimeModel(
        horizon, BigDecimal.valueOf(margin), estimate(fields.child("everyone")), groups);
  }

  private Estimate estimate(Fields of) {
    Estimate estimate = new Estimate(of.number("months"), of.number("low"), of.number("high"));
    boolean ordered =
        0 <= estimate.low()
            && estimate.low() <= estimate.value()
            && estimate.value() <= estimate.high()
            && estimate.high() <= horizon;
    if (!ordered) {
      of.problem("must have 0 ≤ low ≤ months ≤ high ≤ horizon_months");
    }
    return estimate;
  }
}
