package io.tidewatch.local.demo;

import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.replay.RecordCounts;
import io.tidewatch.local.stack.JobWatch;
import io.tidewatch.rules.EventRule;
import io.tidewatch.rules.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts what a demo has brought about, once that has had time to come to its end. */
final class Stocktaking {

  private static final int LOOKS = 40;
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final CompanyFeed feed;
  private final AlertReader alerts;
  private final Warehouse warehouse;
  private final Settling settling;

  /**
   * @param feed that has sent all
   */
  Stocktaking(CompanyFeed feed, AlertReader alerts, Warehouse warehouse, JobWatch watch) {
    this.feed = feed;
    this.alerts = alerts;
    this.warehouse = warehouse;
    this.settling =
        new Settling(
            LOOKS,
            () -> {
              Thread.sleep(LOOK.toMillis());
              watch.look();
              alerts.failIfStopped();
            });
  }

  /**
   * @param liveSince when the live part began, in the company
   * @param ended when it ended, by the clock on the wall
   * @param lived how long it lasted, by that clock
   */
  Summary summary(Instant liveSince, Instant ended, Duration lived, TidewatchSettings settings)
      throws InterruptedException {
    long expected = feed.sent() - feed.repeated();
    long accepted = settling.ask(warehouse::acceptedEvents, count -> count >= expected);
    Instant minute = ended.truncatedTo(ChronoUnit.MINUTES);
    SentByMinute.Total sent = feed.sentBefore(minute);
    RecordCounts counts =
        settling.ask(() -> warehouse.recordCounts(minute), count -> count.accountFor(sent.sent()));
    Summary.Alerts arrived =
        settling.ask(
            () -> new Summary.Alerts(heard(), warehouse.alertIds(), firedSince(liveSince)),
            Summary.Alerts::arrived);
    List<AlertMessage> messages = alerts.messages();
    Set<String> onEvents = names(settings.definitions().rules().of(EventRule.class));
    return new Summary(
        liveSince,
        feed.now(),
        lived,
        feed::wallAt,
        Findings.of(feed.incidents(), feed.troubles(), messages),
        feed.sent(),
        feed.repeated(),
        accepted,
        new Summary.Counted(minute, sent, counts),
        settling.ask(warehouse::rows, rows -> true),
        arrived,
        Coverage.of(settings),
        firing(messages, onEvents),
        Latency.of(
            settling.ask(() -> warehouse.windowDelays(liveSince, feed::markedAt), delays -> true)));
  }

  private Set<String> heard() {
    return alerts.messages().stream().map(AlertMessage::id).collect(Collectors.toSet());
  }

  private long firedSince(Instant liveSince) {
    return alerts.messages().stream()
        .filter(alert -> alert.firing() && !alert.changedAt().isBefore(liveSince))
        .count();
  }

  private static Set<String> names(List<? extends Rule> rules) {
    return rules.stream().map(Rule::name).collect(Collectors.toSet());
  }

  private Latency firing(List<AlertMessage> messages, Set<String> onEvents) {
    return Latency.of(
        messages.stream()
            .filter(alert -> alert.firing() && onEvents.contains(alert.rule()))
            .flatMap(
                alert ->
                    alert
                        .cause()
                        .flatMap(feed::sentAt)
                        .map(sent -> Duration.between(sent, alert.seenAt()))
                        .stream())
            .toList());
  }
}
