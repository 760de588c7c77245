package io.tidewatch.rules;

import io.tidewatch.alert.AlertProfile;
import java.io.Serializable;

/** What is watched, and what becomes of it. */
public sealed interface Rule extends Serializable permits MetricRule, EventRule, CompiledRule {

  AlertProfile profile();

  default String name() {
    return profile().rule();
  }
}
