package io.tidewatch.pattern.customer;

import io.tidewatch.alert.AlertProfile;
import java.io.Serializable;

/** What a rule says of its pattern of customers. */
public interface CustomerPatternParameters extends Serializable {

  /** The name of the pattern, such as {@code dunning-unrecovered}. */
  String pattern();

  /** The pattern that makes alerts of this profile. */
  CustomerPattern watching(AlertProfile profile, CustomerWording wording);
}
