package io.tidewatch.pattern.customer;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.pattern.Require;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A failed payment that is not followed by one that succeeds in time. */
public final class DunningUnrecovered extends Unanswered {

  public static final String NAME = "dunning-unrecovered";

  private static final Steps STEPS = new Steps("failed", "payment.failed", "paid");

  public DunningUnrecovered(AlertProfile profile, CustomerWording wording, Parameters parameters) {
    super(profile, wording, STEPS, parameters.within());
  }

  /**
   * @param within how long there is to pay after all
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
      return new DunningUnrecovered(profile, wording, this);
    }
  }

  @Override
  String reason(CustomerEvent payment, String since) {
    return "a payment %s, and none has succeeded in the %s since"
        .formatted(failure(payment), since);
  }

  @Override
  String nextStep() {
    return "call whoever pays their bills; reminders have not helped";
  }

  @Override
  Optional<String> recovery(CustomerEvent event) {
    return event.is("payment.succeeded") ? Optional.of("a payment succeeded") : Optional.empty();
  }
}
