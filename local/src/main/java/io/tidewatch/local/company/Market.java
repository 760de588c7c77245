package io.tidewatch.local.company;

import java.time.DayOfWeek;
import java.util.List;

/** What is observed of competitors, once a week. */
final class Market implements Part {

  private static final int HOUR = 6;
  private static final List<String> COMPETITORS = List.of("northwind-ai", "modelforge");

  private final Randomness randomness;

  Market(Randomness randomness) {
    this.randomness = randomness;
  }

  @Override
  public void live(Hour hour, Feed feed) {
    if (hour.weekday() != DayOfWeek.MONDAY || hour.ofDay() != HOUR) {
      return;
    }
    Dice dice = randomness.dice("market", hour.number());
    for (String competitor : COMPETITORS) {
      observe(hour, competitor, "price", dice.between(79, 119), feed);
      observe(hour, competitor, "search_rank", dice.between(1, 12), feed);
    }
  }

  private static void observe(Hour hour, String subject, String metric, int value, Feed feed) {
    feed.tell(
        Draft.at(hour.start(), "benchmark.observed")
            .with("subject", subject)
            .with("metric", metric)
            .with("value", value));
  }
}
