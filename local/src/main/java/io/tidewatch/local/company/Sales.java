package io.tidewatch.local.company;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What becomes of leads: some are qualified, some of those an opportunity, some of those won. */
final class Sales {

  private static final double QUALIFIED = 0.45;
  private static final double QUALIFIED_AFTER_DEMO = 0.8;
  private static final double OPPORTUNITY = 0.5;
  private static final double WON = 0.3;

  private static final List<String> SEGMENTS = List.of("small", "mid-market", "enterprise");
  private static final List<String> STAGES = List.of("discovery", "proposal", "negotiation");
  private static final List<String> REASONS =
      List.of("price", "no_decision", "competitor", "missing_feature");
  private static final double[] CONTRACT = {1_200, 6_000, 24_000};

  /** Someone left an address. */
  void lead(Instant time, String visitor, Channel channel, boolean demo, Dice dice, Feed feed) {
    String segment = dice.oneOfRanked(SEGMENTS);
    int score = dice.between(demo ? 50 : 10, 99);
    Draft lead =
        Draft.at(time, "lead.created")
            .visitor(visitor)
            .with("channel", channel.name())
            .with("campaign", channel.campaign())
            .with("segment", segment)
            .with("score", score);
    feed.tell(lead);
    Duration untilDemo = dice.between(Duration.ofHours(20), Duration.ofDays(4));
    if (demo && dice.chance(0.75)) {
      feed.tell(lead.later(untilDemo, "demo.completed"));
    }
    if (!dice.chance(demo ? QUALIFIED_AFTER_DEMO : QUALIFIED)) {
      return;
    }
    Duration untilQualified = dice.between(Duration.ofHours(1), Duration.ofDays(2));
    Draft qualified =
        lead.later(untilQualified, "lead.qualified")
            .with("channel", channel.name())
            .with("segment", segment)
            .with("score", score);
    feed.tell(qualified);
    if (dice.chance(OPPORTUNITY)) {
      pursue(qualified, "op-" + visitor, segment, dice, feed);
    }
  }

  private static void pursue(
      Draft qualified, String opportunity, String segment, Dice dice, Feed feed) {
    double amount = dice.skewed(CONTRACT[SEGMENTS.indexOf(segment)], 0.4);
    Duration after = dice.between(Duration.ofHours(2), Duration.ofDays(2));
    feed.tell(step(qualified, after, "created", opportunity, segment, amount).with("stage", "new"));
    for (String stage : STAGES) {
      after = after.plus(dice.between(Duration.ofHours(8), Duration.ofDays(4)));
      feed.tell(
          step(qualified, after, "stage_changed", opportunity, segment, amount)
              .with("stage", stage));
    }
    after = after.plus(dice.between(Duration.ofHours(8), Duration.ofDays(4)));
    if (dice.chance(WON)) {
      feed.tell(step(qualified, after, "won", opportunity, segment, amount).with("stage", "won"));
    } else {
      feed.tell(
          step(qualified, after, "lost", opportunity, segment, amount)
              .with("stage", "lost")
              .with("reason", dice.oneOfRanked(REASONS)));
    }
  }

  private static Draft step(
      Draft lead, Duration after, String what, String opportunity, String segment, double amount) {
    return lead.later(after, "opportunity." + what)
        .with("opportunity_id", opportunity)
        .with("segment", segment)
        .amount(amount);
  }
}
