package io.tidewatch.pattern.customer;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.pattern.ExpiringPattern;
import io.tidewatch.pattern.Require;
import io.tidewatch.pattern.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * A healthy customer whose health slips, and then becomes critical or has not recovered in time;
 * also one that becomes critical at once.
 *
 * <p>It looks at changes of category alone, so {@code healthyFrom} and {@code criticalBelow} are to
 * be limits of categories. It ends with a score that is healthy again.
 */
public final class AtRiskTransition extends CustomerPattern
    implements ExpiringPattern<CustomerEvent>, JudgingPattern {

  public static final String NAME = "at-risk-transition";

  private static final String TRANSITIONED = "customer.transitioned";

  private static final String SLIPPED = "slipped";
  private static final String SUNK = "sunk";

  private static final String BEFORE = "score_before";
  private static final String AFTER = "score_after";

  private static final String NEXT_STEP =
      "call them today, and begin with what its score lost most by";

  private static final SimpleCondition<CustomerEvent> HAS_SLIPPED =
      SimpleCondition.of(event -> event.isJudged(Verdict.SLIPPED));

  private final Parameters parameters;

  public AtRiskTransition(AlertProfile profile, CustomerWording wording, Parameters parameters) {
    super(profile, wording);
    this.parameters = parameters;
  }

  /**
   * @param healthyFrom scores from here are healthy
   * @param criticalBelow scores below this are critical
   * @param within how long there is to recover
   */
  public record Parameters(int healthyFrom, int criticalBelow, Duration within)
      implements CustomerPatternParameters {

    public Parameters {
      Require.that(
          criticalBelow > 0 && criticalBelow <= healthyFrom && healthyFrom <= 100,
          "0 < criticalBelow <= healthyFrom <= 100");
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
      return new AtRiskTransition(profile, wording, this);
    }

    private Verdict verdict(CustomerEvent transition) {
      double after = transition.number(AFTER);
      boolean wasHealthy = transition.number(BEFORE) >= healthyFrom;
      if (after >= healthyFrom) {
        return Verdict.HEALTHY;
      }
      if (after < criticalBelow) {
        return wasHealthy ? Verdict.SUNK_AT_ONCE : Verdict.CRITICAL;
      }
      return wasHealthy ? Verdict.SLIPPED : Verdict.UNWELL;
    }
  }

  /** What a change of category is. */
  private enum Verdict {
    HEALTHY,
    /** Healthy before, and not critical. */
    SLIPPED,
    /** Not healthy before, and not critical. */
    UNWELL,
    /** Not healthy before. */
    CRITICAL,
    /** Healthy before, and critical. */
    SUNK_AT_ONCE
  }

  private static final class Sunk extends IterativeCondition<CustomerEvent> {

    @Override
    public boolean filter(CustomerEvent event, Context<CustomerEvent> context) throws Exception {
      return event.isJudged(Verdict.SUNK_AT_ONCE)
          || event.isJudged(Verdict.CRITICAL)
              && context.getEventsForPattern(SLIPPED).iterator().hasNext();
    }
  }

  @Override
  public boolean concerns(CustomerEvent event) {
    return event.is(TRANSITIONED) || event.isDeparture();
  }

  @Override
  public CustomerEvent judged(CustomerEvent event) {
    return event.is(TRANSITIONED) ? event.judgedAs(parameters.verdict(event)) : event;
  }

  @Override
  public String version() {
    return "v1-within-" + parameters.within();
  }

  @Override
  public Pattern<CustomerEvent, ?> pattern() {
    return Pattern.<CustomerEvent>begin(SLIPPED, AfterMatchSkipStrategy.skipPastLastEvent())
        .where(HAS_SLIPPED)
        .optional()
        .next(SUNK)
        .where(new Sunk())
        .within(Spans.upTo(parameters.within()));
  }

  @Override
  public Alert onMatch(Map<String, List<CustomerEvent>> match) {
    List<CustomerEvent> matched =
        Stream.concat(match.getOrDefault(SLIPPED, List.of()).stream(), match.get(SUNK).stream())
            .toList();
    CustomerEvent last = matched.get(matched.size() - 1);
    return alert(matched, last.knownAt(), reason(matched.get(0), last), NEXT_STEP);
  }

  @Override
  public Alert onExpiry(Map<String, List<CustomerEvent>> begun) {
    List<CustomerEvent> matched = begun.get(SLIPPED);
    CustomerEvent slipped = matched.get(0);
    Instant deadline = slipped.knownAt().plus(parameters.within());
    String reason =
        "%s and has not recovered in the %s since"
            .formatted(reason(slipped, slipped), wording().length(parameters.within()));
    return alert(matched, deadline, reason, NEXT_STEP);
  }

  @Override
  Optional<String> recovery(CustomerEvent event) {
    return event.isJudged(Verdict.HEALTHY)
        ? Optional.of("its health is %s again".formatted(event.get(AFTER)))
        : Optional.empty();
  }

  /** Such as: its health was 82 until 2 Mar and is 44 now (health fell from 61 to 44: …). */
  private String reason(CustomerEvent first, CustomerEvent last) {
    String why = last.get("reason");
    return "its health was %s until %s and is %s now"
            .formatted(first.get(BEFORE), wording().day(first.time()), last.get(AFTER))
        + (why == null ? "" : " (" + why + ")");
  }
}
