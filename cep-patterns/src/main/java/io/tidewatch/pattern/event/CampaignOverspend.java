package io.tidewatch.pattern.event;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Figures;
import io.tidewatch.event.Event;
import io.tidewatch.pattern.EventWording;
import io.tidewatch.pattern.Require;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * A campaign that spends more of its daily budget than it may. It fires with the spend that goes
 * beyond, and ends with the local day or with a budget that allows it.
 *
 * <p>What the day's spend makes of the budget is judged before ({@link BudgetDay}): the pattern is
 * shown {@link #EXCEEDED} and {@link #KEPT} in turns.
 */
public final class CampaignOverspend extends EventPattern {

  public static final String NAME = "campaign-overspend";

  static final String SPEND = "ad.spend";
  static final String BUDGET = "campaign.budget";

  /** The spend of the day has gone beyond the limit. */
  static final String EXCEEDED = "budget.exceeded";

  /** It is no longer beyond. */
  static final String KEPT = "budget.kept";

  static final String CAMPAIGN = "campaign";
  static final String AMOUNT = "amount";
  static final String CURRENCY = "currency";
  static final String DAILY_BUDGET = "daily_budget";
  static final String SPENT = "spent";
  static final String LIMIT = "limit";

  private static final String OVER = "over";
  private static final Set<String> TYPES = Set.of(SPEND, BUDGET);

  private static final SimpleCondition<SeriesEvent> IS_EXCEEDED =
      SimpleCondition.of(event -> event.is(EXCEEDED));

  private final Parameters parameters;

  public CampaignOverspend(AlertProfile profile, EventWording wording, Parameters parameters) {
    super(profile, wording);
    this.parameters = parameters;
  }

  /**
   * @param ratio so many times its daily budget is too much
   */
  public record Parameters(BigDecimal ratio) implements EventPatternParameters {

    public Parameters {
      Require.that(ratio.signum() > 0, "ratio: more than 0");
    }

    @Override
    public String pattern() {
      return NAME;
    }

    @Override
    public Map<String, Object> compiled() {
      return Map.of();
    }

    @Override
    public List<String> of() {
      return List.of(CAMPAIGN);
    }

    @Override
    public EventPattern watching(AlertProfile profile, EventWording wording) {
      return new CampaignOverspend(profile, wording, this);
    }
  }

  /** So many times its daily budget is too much. */
  public BigDecimal ratio() {
    return parameters.ratio();
  }

  @Override
  Map<String, String> dimensionsOf(Event event) {
    String campaign = TYPES.contains(event.type()) ? event.get(CAMPAIGN) : null;
    return campaign == null ? Map.of() : Map.of(CAMPAIGN, campaign);
  }

  @Override
  List<String> properties() {
    return List.of(CAMPAIGN, AMOUNT, CURRENCY, DAILY_BUDGET);
  }

  /** Late spend is spend. */
  @Override
  boolean concerns(SeriesEvent event) {
    return true;
  }

  @Override
  public String version() {
    return "v1";
  }

  @Override
  public Pattern<SeriesEvent, ?> pattern() {
    return Pattern.<SeriesEvent>begin(OVER, AfterMatchSkipStrategy.skipPastLastEvent())
        .where(IS_EXCEEDED);
  }

  @Override
  public Alert onMatch(Map<String, List<SeriesEvent>> match) {
    SeriesEvent over = match.get(OVER).get(0);
    BigDecimal spent = over.number(SPENT);
    BigDecimal budget = over.number(DAILY_BUDGET);
    BigDecimal limit = over.number(LIMIT);
    return alert(
        List.of(over),
        over.knownAt(),
        new Figures(spent.doubleValue(), budget.doubleValue(), limit.doubleValue()),
        "Campaign %s has spent %s %s today, by %s; its daily budget is %s, the limit %s."
            .formatted(
                over.get(CAMPAIGN),
                wording().money(spent),
                over.get(CURRENCY),
                wording().moment(over.time()).replaceFirst("^at ", ""),
                wording().money(budget),
                wording().money(limit)));
  }

  @Override
  Optional<String> recovery(SeriesEvent event) {
    return event.is(KEPT)
        ? Optional.of(
            "campaign %s is within its daily budget again.".formatted(event.get(CAMPAIGN)))
        : Optional.empty();
  }
}
