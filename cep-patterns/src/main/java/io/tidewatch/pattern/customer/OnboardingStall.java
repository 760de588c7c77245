package io.tidewatch.pattern.customer;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.pattern.Require;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A new customer that does not come to its first value in time: it neither uses a feature nor calls
 * the API.
 */
public final class OnboardingStall extends Unanswered {

  public static final String NAME = "onboarding-stall";

  private static final Steps STEPS = new Steps("created", "customer.created", "value");

  public OnboardingStall(AlertProfile profile, CustomerWording wording, Parameters parameters) {
    super(profile, wording, STEPS, parameters.within());
  }

  /**
   * @param within how long the first value may take
   */
  public record Parameters(Duration within) implements CustomerPatternParameters {

    public Parameters {
      Require.that(within.compareTo(Duration.ZERO) > 0, "within: more than 0");
    }

    @Override
    public String pattern() {
      return NAME;
    }

    @Override
    public Map<String, Object> compiled() {
      return Map.of("within", within);
    }

    @Override
    public CustomerPattern watching(AlertProfile profile, CustomerWording wording) {
      return new OnboardingStall(profile, wording, this);
    }
  }

  @Override
  String reason(CustomerEvent signUp, String since) {
    return "signed up %s and has not used anything in the %s since"
        .formatted(wording().moment(signUp.time()), since);
  }

  @Override
  String nextStep() {
    return "offer to set it up together";
  }

  @Override
  Optional<String> recovery(CustomerEvent event) {
    return event.isUse() ? Optional.of("the product is used") : Optional.empty();
  }
}
