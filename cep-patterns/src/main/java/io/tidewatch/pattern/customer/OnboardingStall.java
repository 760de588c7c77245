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
 * A new customer that does not come to its first value in time: it neither uses a feature nor calls
 * the API. It fires when the time is up and ends with the first use.
 */
public final class OnboardingStall extends CustomerPattern {

  public static final String NAME = "onboarding-stall";

  private static final String CREATED = "created";
  private static final String VALUE = "value";

  private static final SimpleCondition<CustomerEvent> IS_CREATED =
      SimpleCondition.of(event -> event.is("customer.created"));
  private static final SimpleCondition<CustomerEvent> USED_OR_GONE =
      SimpleCondition.of(event -> !event.is("customer.created"));

  private final Parameters parameters;

  public OnboardingStall(AlertProfile profile, CustomerWording wording, Parameters parameters) {
    super(profile, wording);
    this.parameters = parameters;
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
    public CustomerPattern watching(AlertProfile profile, CustomerWording wording) {
      return new OnboardingStall(profile, wording, this);
    }
  }

  @Override
  public boolean concerns(CustomerEvent event) {
    return event.is("customer.created") && !event.isLate() || event.isUse() || event.isDeparture();
  }

  @Override
  public String version() {
    return "v1-within-" + parameters.within();
  }

  @Override
  public Pattern<CustomerEvent, ?> pattern() {
    return Pattern.<CustomerEvent>begin(CREATED, AfterMatchSkipStrategy.noSkip())
        .where(IS_CREATED)
        .notFollowedBy(VALUE)
        .where(USED_OR_GONE)
        .within(upTo(parameters.within()));
  }

  @Override
  public Alert onMatch(Map<String, List<CustomerEvent>> match) {
    List<CustomerEvent> created = match.get(CREATED);
    CustomerEvent signUp = created.get(0);
    return alert(
        created,
        signUp.knownAt().plus(parameters.within()),
        "signed up %s and has not used anything in the %s since"
            .formatted(wording().moment(signUp.time()), wording().length(parameters.within())),
        "offer to set it up together");
  }

  @Override
  Optional<String> recovery(CustomerEvent event) {
    return event.isUse() ? Optional.of("the product is used") : Optional.empty();
  }
}
