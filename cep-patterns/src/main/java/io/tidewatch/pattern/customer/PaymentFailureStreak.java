package io.tidewatch.pattern.customer;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.pattern.Require;
import io.tidewatch.pattern.Spans;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * So many failed payments without one that succeeded between them. It fires with the last of them
 * and ends with a payment that succeeds.
 */
public final class PaymentFailureStreak extends CustomerPattern {

  public static final String NAME = "payment-failure-streak";

  private static final String FAILED = "failed";

  private static final SimpleCondition<CustomerEvent> PAYMENT_FAILED =
      SimpleCondition.of(event -> event.is("payment.failed"));

  private final Parameters parameters;

  public PaymentFailureStreak(
      AlertProfile profile, CustomerWording wording, Parameters parameters) {
    super(profile, wording);
    this.parameters = parameters;
  }

  /**
   * @param failures how many, at least 2
   * @param within at most this lies between the first and the last
   */
  public record Parameters(int failures, Duration within) implements CustomerPatternParameters {

    public Parameters {
      Require.that(failures >= 2, "failures: at least 2");
      Require.that(within.compareTo(Duration.ZERO) > 0, "within: more than 0");
    }

    @Override
    public String pattern() {
      return NAME;
    }

    @Override
    public Map<String, Object> compiled() {
      return Map.of("failures", failures, "within", within);
    }

    @Override
    public CustomerPattern watching(AlertProfile profile, CustomerWording wording) {
      return new PaymentFailureStreak(profile, wording, this);
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
    return "v1-%d-within-%s".formatted(parameters.failures(), parameters.within());
  }

  @Override
  public Pattern<CustomerEvent, ?> pattern() {
    return Pattern.<CustomerEvent>begin(FAILED, AfterMatchSkipStrategy.skipPastLastEvent())
        .where(PAYMENT_FAILED)
        .times(parameters.failures())
        .consecutive()
        .within(Spans.upTo(parameters.within()));
  }

  @Override
  public Alert onMatch(Map<String, List<CustomerEvent>> match) {
    List<CustomerEvent> failures = match.get(FAILED);
    CustomerEvent last = failures.get(failures.size() - 1);
    return alert(
        failures,
        last.knownAt(),
        "%d payments in a row have failed since %s; the last, %s"
            .formatted(failures.size(), wording().day(failures.get(0).time()), failure(last)),
        "ask for another means of payment before the next attempt");
  }

  @Override
  Optional<String> recovery(CustomerEvent event) {
    return event.is("payment.succeeded") ? Optional.of("a payment succeeded") : Optional.empty();
  }
}
