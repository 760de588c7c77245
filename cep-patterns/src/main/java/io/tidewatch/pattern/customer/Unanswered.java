package io.tidewatch.pattern.customer;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.pattern.Spans;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * An event of a customer that nothing makes good in time. It fires when the time is up and ends
 * with what makes good.
 */
abstract class Unanswered extends CustomerPattern {

  private final Steps steps;
  private final Duration within;

  /**
   * What the pattern is made of.
   *
   * @param first the name of the first step
   * @param type the event that waits for an answer
   * @param answer the name of the step that must not come
   */
  record Steps(String first, String type, String answer) implements Serializable {}

  Unanswered(AlertProfile profile, CustomerWording wording, Steps steps, Duration within) {
    super(profile, wording);
    this.steps = steps;
    this.within = within;
  }

  /** Such as {@code a payment failed, and none has succeeded in the 3 days since}. */
  abstract String reason(CustomerEvent unanswered, String since);

  abstract String nextStep();

  @Override
  public final boolean concerns(CustomerEvent event) {
    return event.is(steps.type()) && !event.isLate()
        || recovery(event).isPresent()
        || event.isDeparture();
  }

  @Override
  public final String version() {
    return "v1-within-" + within;
  }

  @Override
  public final Pattern<CustomerEvent, ?> pattern() {
    String type = steps.type();
    return Pattern.<CustomerEvent>begin(steps.first(), AfterMatchSkipStrategy.noSkip())
        .where(SimpleCondition.of(event -> event.is(type)))
        .notFollowedBy(steps.answer())
        .where(SimpleCondition.of(event -> !event.is(type)))
        .within(Spans.upTo(within));
  }

  @Override
  public final Alert onMatch(Map<String, List<CustomerEvent>> match) {
    List<CustomerEvent> unanswered = match.get(steps.first());
    CustomerEvent event = unanswered.get(0);
    return alert(
        unanswered,
        event.knownAt().plus(within),
        reason(event, wording().length(within)),
        nextStep());
  }
}
