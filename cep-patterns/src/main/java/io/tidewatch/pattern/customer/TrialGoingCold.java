package io.tidewatch.pattern.customer;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.pattern.Require;
import io.tidewatch.pattern.Spans;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * A trial in which nothing is used for so many whole days in a row. Days are between midnights of
 * local time, at each of which there is a score. It ends when something is used or bought.
 */
public final class TrialGoingCold extends CustomerPattern {

  public static final String NAME = "trial-going-cold";

  private static final String TRIAL = "trial";
  private static final String BOUGHT = "bought";
  private static final String MIDNIGHT = "midnight";

  private static final SimpleCondition<CustomerEvent> IS_TRIAL =
      SimpleCondition.of(TrialGoingCold::isTrial);
  private static final SimpleCondition<CustomerEvent> IS_BOUGHT_OR_GONE =
      SimpleCondition.of(event -> isBought(event) || event.isDeparture());
  private static final SimpleCondition<CustomerEvent> IS_MIDNIGHT =
      SimpleCondition.of(CustomerEvent::isMidnight);

  private final Parameters parameters;

  public TrialGoingCold(AlertProfile profile, CustomerWording wording, Parameters parameters) {
    super(profile, wording);
    this.parameters = parameters;
  }

  /**
   * @param quietDays how many whole days without use
   * @param within how long a trial takes: what is quiet later is no trial
   */
  public record Parameters(int quietDays, Duration within) implements CustomerPatternParameters {

    public Parameters {
      Require.that(quietDays >= 1, "quietDays: at least 1");
      Require.that(
          within.compareTo(Duration.ofDays(quietDays)) > 0, "within: more than the quiet days");
    }

    @Override
    public String pattern() {
      return NAME;
    }

    @Override
    public Map<String, Object> compiled() {
      return Map.of("quiet_days", quietDays, "within", within);
    }

    @Override
    public CustomerPattern watching(AlertProfile profile, CustomerWording wording) {
      return new TrialGoingCold(profile, wording, this);
    }
  }

  @Override
  public boolean concerns(CustomerEvent event) {
    boolean paysNothing = event.mrr().signum() == 0;
    return isTrial(event)
        || isBought(event)
        || event.isDeparture()
        || paysNothing && (event.isUse() || event.isMidnight());
  }

  @Override
  public String version() {
    return "v1-%d-within-%s".formatted(parameters.quietDays(), parameters.within());
  }

  @Override
  public Pattern<CustomerEvent, ?> pattern() {
    return Pattern.<CustomerEvent>begin(TRIAL, AfterMatchSkipStrategy.skipPastLastEvent())
        .where(IS_TRIAL)
        .notFollowedBy(BOUGHT)
        .where(IS_BOUGHT_OR_GONE)
        .followedByAny(MIDNIGHT)
        .where(IS_MIDNIGHT)
        .times(parameters.quietDays() + 1)
        .consecutive()
        .within(Spans.upTo(parameters.within()));
  }

  @Override
  public Alert onMatch(Map<String, List<CustomerEvent>> match) {
    List<CustomerEvent> trial = match.get(TRIAL);
    List<CustomerEvent> midnights = match.get(MIDNIGHT);
    return alert(
        Stream.concat(trial.stream(), midnights.stream()).toList(),
        midnights.get(midnights.size() - 1).knownAt(),
        "on trial since %s, and nothing was used for %s"
            .formatted(
                wording().day(trial.get(0).time()),
                wording().length(Duration.ofDays(parameters.quietDays()))),
        "ask what holds them up, while the trial runs");
  }

  @Override
  Optional<String> recovery(CustomerEvent event) {
    if (event.isUse()) {
      return Optional.of("the product is used again");
    }
    return isBought(event) ? Optional.of("they have bought") : Optional.empty();
  }

  private static boolean isTrial(CustomerEvent event) {
    return !event.isLate()
        && (event.is("trial.started")
            || event.is("subscription.started") && "trialing".equals(event.get("status")));
  }

  private static boolean isBought(CustomerEvent event) {
    return event.is("trial.converted")
        || event.is("payment.succeeded")
        || event.type().startsWith("subscription.") && event.mrr().signum() > 0;
  }
}
