package io.tidewatch.pattern;

import io.tidewatch.alert.AlertProfile;

/** What a rule says of its pattern of windows. */
public interface WindowPatternParameters extends RuleParameters {

  /** The pattern that watches a metric. */
  WindowPattern watching(WatchedMetric metric, AlertProfile profile);
}
