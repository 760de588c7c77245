package io.tidewatch.local.company;

import java.util.List;

/** Everybody reads and shares one piece. */
final class ViralSpike extends Incident {

  private static final double SHARES = 0.3;
  private static final List<String> DEVICES = List.of("mobile", "desktop", "tablet");

  private final Span span;
  private final int readers;
  private final String piece;
  private final Dice dice;

  ViralSpike(Span span, int readers, String piece, Dice dice) {
    super(IncidentKind.VIRAL_SPIKE, span);
    this.span = span;
    this.readers = readers;
    this.piece = piece;
    this.dice = dice;
  }

  @Override
  List<String> ownSeries() {
    return List.of(
        "content=" + piece,
        "path=" + Content.pathOf(piece),
        "channel=social",
        "country=*",
        "device=*");
  }

  @Override
  void tell(Feed feed) {
    int[] reader = new int[1];
    span.scatter(
        readers,
        dice,
        time -> {
          String visitor = "a-viral-" + span.start().getEpochSecond() + "-" + reader[0]++;
          String path = Content.pathOf(piece);
          feed.tell(
              WebTraffic.page(time, path, Countries.any(dice), dice.oneOfRanked(DEVICES), dice)
                  .visitor(visitor)
                  .with("referrer", "https://www.reddit.com/"));
          feed.tell(
              Draft.at(time, "content.viewed")
                  .visitor(visitor)
                  .with("content", piece)
                  .with("duration_ms", (long) dice.skewed(40_000, 0.8)));
          if (dice.chance(SHARES)) {
            feed.tell(Draft.at(time, "content.shared").visitor(visitor).with("content", piece));
          }
        });
  }
}
