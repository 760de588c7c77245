package io.tidewatch.local.rules;

import io.tidewatch.alert.Alert;
import io.tidewatch.clickhouse.ClickHouse;
import io.tidewatch.clickhouse.RuleHistory;
import io.tidewatch.local.UserException;
import io.tidewatch.metrics.InternalEvents;
import io.tidewatch.rules.AbsenceRuleEvaluator;
import io.tidewatch.rules.EventBacktest;
import io.tidewatch.rules.EventRule;
import io.tidewatch.rules.Firing;
import io.tidewatch.rules.HeardFirings;
import io.tidewatch.rules.MatchRuleEvaluator;
import io.tidewatch.rules.MetricBacktest;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * Plays a rule on history.
 *
 * <p>What a rule remembers begins before the time that is asked for, by as long as it looks back.
 */
public final class Backtest {

  /** It may fire already, or be about to. */
  private static final Duration LEAST_WARM_UP = Duration.ofDays(1);

  private static final int WINDOWS_OF_SILENCE = 4;

  private final RuleHistory history;
  private final ZoneId zone;
  private final Instant from;
  private final Instant to;

  public Backtest(ClickHouse clickHouse, ZoneId zone, Instant from, Instant to) {
    this.history = new RuleHistory(clickHouse);
    this.zone = zone;
    this.from = from;
    this.to = to;
  }

  /**
   * What it came to.
   *
   * @param read how many windows or events were judged between the times
   * @param firings those that people heard of between the times
   * @param muted how many more there were that ended before their mute did
   * @param capped how many more there were beyond those that may fire at once
   * @param curve what was measured
   */
  public record Outcome(long read, List<Firing> firings, int muted, int capped, Curve curve) {}

  /**
   * @throws UserException for a rule whose past the tables do not keep
   */
  public Outcome run(Rule rule) {
    if (rule instanceof MetricRule metric) {
      return run(metric);
    }
    if (rule instanceof EventRule event
        && event.events().types().stream().noneMatch(InternalEvents.DERIVED::contains)) {
      return run(event);
    }
    throw new UserException(
        rule instanceof EventRule
            ? "Rule %s watches events that the job derives, and no table keeps those."
                .formatted(rule.name())
            : "Rule %s names a pattern; only rules with a condition can be played on history."
                .formatted(rule.name()));
  }

  private Outcome run(MetricRule rule) {
    MetricBacktest backtest = new MetricBacktest(rule, zone);
    Curve curve = new Curve(from, to);
    long[] read = {0};
    history.windows(
        rule,
        from.minus(warmUp(rule)),
        to,
        window -> {
          backtest.onWindow(window);
          if (window.windowEnd().isAfter(from)) {
            read[0]++;
            curve.add(window.windowEnd().minusMillis(1), window.value());
          }
        });
    return outcome(read[0], backtest.alertsUntil(to), curve);
  }

  private Outcome run(EventRule rule) {
    EventBacktest backtest = new EventBacktest(rule, zone);
    Curve curve = new Curve(from, to);
    long[] read = {0};
    Duration remembered =
        rule.watchesAbsence()
            ? rule.absentAfter().plus(AbsenceRuleEvaluator.GIVEN_UP_AFTER)
            : MatchRuleEvaluator.QUIET.multipliedBy(2);
    history.events(
        rule,
        from.minus(longer(remembered, LEAST_WARM_UP)),
        to,
        event -> {
          backtest.onEvent(event);
          if (rule.watches(event) && !event.time().isBefore(from)) {
            read[0]++;
            curve.count(event.time());
          }
        });
    return outcome(read[0], backtest.alertsUntil(to), curve);
  }

  private Outcome outcome(long read, List<Alert> alerts, Curve curve) {
    List<Firing> firings =
        Firing.of(alerts).stream().filter(firing -> firing.isSeenFrom(from)).toList();
    HeardFirings told = HeardFirings.of(firings, to, zone);
    return new Outcome(read, told.heard(), told.muted(), told.capped(), curve);
  }

  private static Duration warmUp(MetricRule rule) {
    Duration run = rule.length().multipliedBy(rule.breachesToFire() + WINDOWS_OF_SILENCE);
    return rule.condition().memory().plus(longer(run, LEAST_WARM_UP));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
