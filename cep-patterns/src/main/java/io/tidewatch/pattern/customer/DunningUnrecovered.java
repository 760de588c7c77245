package io.tidewatch.pattern.customer;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.pattern.Require;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * A failed payment that is not followed by one that succeeds in time. It fires when the time is up
 * and ends with a payment that succeeds.
 */
public final class DunningUnrecovered extends CustomerPattern {

  public static final String NAME = "dunning-unrecovered";

  private static final String FAILED = "failed";
  private static final String PAID = "paid";

  private static final SimpleCondition<CustomerEvent> PAYMENT_FAILED =
      SimpleCondition.of(event -> event.is("payment.failed"));
  private static final SimpleCondition<CustomerEvent> PAID_OR_GONE =
      SimpleCondition.of(event -> !event.is("payment.failed"));

  private final Parameters parameters;

  public DunningUnrecovered(AlertProfile profile, CustomerWording wording, Parameters parameters) {
    super(profile, wording);
    this.parameters = parameters;
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
    public CustomerPattern watching(AlertProfile profile, CustomerWording wording) {
      return new DunningUnrecovered(profile, wording, this);
    }
  }

  @Override
  public boolean concerns(CustomerEvent event) {
    return event.is("payment.failed") && !event.isLate()
        || event.is("payment.succeeded")
        || event.isDeparture();
  }

  @Override
  public String version() {
    return "v1-within-" + parameters.within();
  }

  @Override
  public Pattern<CustomerEvent, ?> pattern() {
    return Pattern.<CustomerEvent>begin(FAILED, AfterMatchSkipStrategy.noSkip())
        .where(PAYMENT_FAILED)
        .notFollowedBy(PAID)
        .where(PAID_OR_GONE)
        .within(upTo(parameters.within()));
  }

  @Override
  public Alert onMatch(Map<String, List<CustomerEvent>> match) {
    List<CustomerEvent> failed = match.get(FAILED);
    CustomerEvent payment = failed.get(0);
    return alert(
        failed,
        payment.knownAt().plus(parameters.within()),
        "a payment %s, and none has succeeded in the %s since"
            .formatted(failure(payment), wording().length(parameters.within())),
        "call whoever pays their bills; reminders have not helped");
  }

  @Override
  Optional<String> recovery(CustomerEvent event) {
    return event.is("payment.succeeded") ? Optional.of("a payment succeeded") : Optional.empty();
  }
}
