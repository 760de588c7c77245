package io.tidewatch.pattern.customer;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.pattern.RuleParameters;

/** What a rule says of its pattern of customers. */
public interface CustomerPatternParameters extends RuleParameters {

  /** The pattern that makes alerts of this profile. */
  CustomerPattern watching(AlertProfile profile, CustomerWording wording);
}
