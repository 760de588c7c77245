package io.tidewatch.pattern.customer;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Severity;
import io.tidewatch.pattern.PlainWording;
import java.util.List;

/** Patterns to test with. */
final class CustomerPatterns {

  private CustomerPatterns() {}

  static CustomerPattern of(CustomerPatternParameters parameters) {
    AlertProfile profile =
        new AlertProfile(
            "watched", parameters.pattern(), Severity.HIGH, List.of("people"), List.of(), "");
    return parameters.watching(profile, new PlainWording());
  }
}
