package io.tidewatch.local.company;

import java.util.List;

/** A campaign runs wild and spends far more than its budget. */
final class CampaignOverspend extends Incident {

  private static final int CLICKS = 60;
  private static final double BUDGETS_SPENT = 1.8;

  private final Span span;
  private final Campaign campaign;
  private final double budget;
  private final Dice dice;

  CampaignOverspend(Span span, Campaign campaign, double budget, Dice dice) {
    super(IncidentKind.CAMPAIGN_OVERSPEND, span);
    this.span = span;
    this.campaign = campaign;
    this.budget = budget;
    this.dice = dice;
  }

  @Override
  List<String> ownSeries() {
    return List.of(
        "campaign=" + campaign.name(),
        "channel=" + campaign.channel(),
        "campaign=" + campaign.name() + ",channel=" + campaign.channel());
  }

  @Override
  void tell(Feed feed) {
    double cost = budget * BUDGETS_SPENT / CLICKS;
    Feed within =
        draft -> {
          if (covers(draft.time())) {
            feed.tell(draft);
          }
        };
    Span beforeItsEnd = new Span(span.start(), span.end().minusSeconds(9));
    beforeItsEnd.scatter(
        CLICKS,
        dice,
        time ->
            Advertising.show(
                campaign,
                Countries.any(dice),
                time,
                true,
                cost * dice.between(0.9, 1.1),
                dice,
                within));
  }
}
