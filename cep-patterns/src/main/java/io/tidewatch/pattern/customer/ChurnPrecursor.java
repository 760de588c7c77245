package io.tidewatch.pattern.customer;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.pattern.Require;
import io.tidewatch.pattern.Spans;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * So much trouble, then a downgrade or falling use. Trouble is a ticket, or a day with errors (of
 * the API, or raised by a service). A downgrade is a change of a subscription after which less is
 * paid than at the first trouble. Use falls when a score of midnight has few points for it, though
 * there was some lately.
 *
 * <p>It ends at a midnight that finds the customer in use again, healthy and without open tickets.
 */
public final class ChurnPrecursor extends CustomerPattern implements JudgingPattern {

  public static final String NAME = "churn-precursor";

  private static final String TROUBLE = "trouble";
  private static final String SIGN = "sign";

  private static final String USAGE = "usage_points";
  private static final double SERVER_ERROR = 500;

  private static final SimpleCondition<CustomerEvent> IS_TROUBLE =
      SimpleCondition.of(ChurnPrecursor::isTrouble);

  private final Parameters parameters;

  public ChurnPrecursor(AlertProfile profile, CustomerWording wording, Parameters parameters) {
    super(profile, wording);
    this.parameters = parameters;
  }

  /**
   * @param troubles how many tickets and days with errors
   * @param usagePoints use has fallen when it gives fewer points of the health score than this
   * @param healthyFrom scores from here are healthy
   * @param within at most this lies between the first trouble and the downgrade or fall
   */
  public record Parameters(int troubles, int usagePoints, int healthyFrom, Duration within)
      implements CustomerPatternParameters {

    public Parameters {
      Require.that(troubles >= 1, "troubles: at least 1");
      Require.that(usagePoints >= 1, "usagePoints: at least 1");
      Require.that(within.compareTo(Duration.ZERO) > 0, "within: more than 0");
    }

    @Override
    public String pattern() {
      return NAME;
    }

    @Override
    public Map<String, Object> compiled() {
      return Map.of("troubles", troubles, "within", within);
    }

    @Override
    public CustomerPattern watching(AlertProfile profile, CustomerWording wording) {
      return new ChurnPrecursor(profile, wording, this);
    }

    private Verdict verdict(CustomerEvent midnight) {
      if (midnight.number(USAGE) < usagePoints) {
        boolean falls = midnight.mrr().signum() > 0 && midnight.number("recency_points") > 0;
        return falls ? Verdict.FALLING_USE : Verdict.UNUSED;
      }
      boolean well =
          midnight.number("score") >= healthyFrom && midnight.number("open_tickets") == 0;
      return well ? Verdict.WELL : Verdict.USED;
    }
  }

  /** What a customer is at midnight. */
  private enum Verdict {
    WELL,
    /** In use, but not well. */
    USED,
    FALLING_USE,
    /** Out of use for long, or without pay. */
    UNUSED
  }

  private static final class Sign extends IterativeCondition<CustomerEvent> {

    @Override
    public boolean filter(CustomerEvent event, Context<CustomerEvent> context) throws Exception {
      if (!event.is("subscription.changed")) {
        return event.isJudged(Verdict.FALLING_USE);
      }
      CustomerEvent trouble = context.getEventsForPattern(TROUBLE).iterator().next();
      return event.mrr().signum() > 0 && event.mrr().compareTo(trouble.mrr()) < 0;
    }
  }

  @Override
  public boolean concerns(CustomerEvent event) {
    return isTrouble(event)
        || event.is("subscription.changed") && !event.isLate()
        || event.isMidnight()
        || event.isDeparture();
  }

  @Override
  public CustomerEvent judged(CustomerEvent event) {
    return event.isMidnight() ? event.judgedAs(parameters.verdict(event)) : event;
  }

  @Override
  public String version() {
    return "v1-%d-within-%s".formatted(parameters.troubles(), parameters.within());
  }

  @Override
  public Pattern<CustomerEvent, ?> pattern() {
    return Pattern.<CustomerEvent>begin(TROUBLE, AfterMatchSkipStrategy.skipPastLastEvent())
        .where(IS_TROUBLE)
        .times(parameters.troubles())
        .followedBy(SIGN)
        .where(new Sign())
        .within(Spans.upTo(parameters.within()));
  }

  @Override
  public Alert onMatch(Map<String, List<CustomerEvent>> match) {
    List<CustomerEvent> troubles = match.get(TROUBLE);
    CustomerEvent sign = match.get(SIGN).get(0);
    String then =
        sign.isMidnight()
            ? "its use has fallen below what is usual for it"
            : "it pays less: %s instead of %s"
                .formatted(wording().money(sign.mrr()), wording().money(troubles.get(0).mrr()));
    return alert(
        Stream.concat(troubles.stream(), Stream.of(sign)).toList(),
        sign.knownAt(),
        "after %s since %s, %s"
            .formatted(inWords(troubles), wording().day(troubles.get(0).time()), then),
        "settle what is open, and tell them so in person");
  }

  @Override
  Optional<String> recovery(CustomerEvent event) {
    return event.isJudged(Verdict.WELL)
        ? Optional.of("it is in use again, and no ticket is open")
        : Optional.empty();
  }

  private static boolean isTrouble(CustomerEvent event) {
    return !event.isLate()
        && (event.is("ticket.opened")
            || event.is("error.raised")
            || event.is("api.request") && event.number("status_code") >= SERVER_ERROR);
  }

  /** Such as {@code 2 tickets and 1 day with errors}. */
  private static String inWords(List<CustomerEvent> troubles) {
    long tickets = troubles.stream().filter(event -> event.is("ticket.opened")).count();
    return Stream.of(
            counted(tickets, "ticket", "tickets"),
            counted(troubles.size() - tickets, "day with errors", "days with errors"))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" and "));
  }

  private static Optional<String> counted(long number, String one, String more) {
    return number == 0 ? Optional.empty() : Optional.of(number + " " + (number == 1 ? one : more));
  }
}
