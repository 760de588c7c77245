package io.tidewatch.pattern;

import java.io.Serializable;
import java.util.Map;

/** What a rule says of its pattern. */
public interface RuleParameters extends Serializable {

  /** The name of the pattern, such as {@code metric-spike}. */
  String pattern();

  /**
   * The parameters, by their names in YAML, that operators are made from and that can't change
   * while they run; all others may.
   */
  Map<String, Object> compiled();
}
