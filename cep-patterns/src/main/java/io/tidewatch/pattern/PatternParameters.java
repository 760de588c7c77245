package io.tidewatch.pattern;

import io.tidewatch.alert.AlertProfile;
import java.io.Serializable;

/** What a rule says of its pattern. */
public interface PatternParameters extends Serializable {

  /** The name of the pattern, such as {@code metric-spike}. */
  String pattern();

  /** The pattern that watches a metric. */
  WindowPattern watching(WatchedMetric metric, AlertProfile profile);
}
