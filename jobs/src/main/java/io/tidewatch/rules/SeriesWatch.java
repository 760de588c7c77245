package io.tidewatch.rules;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.Endings;
import io.tidewatch.anomaly.AnomalyDetector;
import io.tidewatch.anomaly.Assessment;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.rules.WindowCondition.Absent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What rules make of one series: of its windows, and of windows that do not come.
 *
 * <p>Closed windows come in the order of their ends, each once. Every call tells when, in epoch
 * milliseconds of event time, the series wants to be looked at although nothing comes; the earliest
 * of what was told counts, until it was looked at.
 *
 * <p>All is forgotten when the series has been silent for as long as any of its rules remembers.
 */
public final class SeriesWatch {

  /** Nothing is to be looked at. */
  public static final long NEVER = Long.MAX_VALUE;

  /** How long the absence of windows is watched, or taken for zero. */
  private static final Duration GIVEN_UP_AFTER = Duration.ofDays(7);

  private static final Duration HISTORY_TIDIED_EVERY = Duration.ofDays(1);

  private final MetricRuleEvaluator evaluator;
  private final WindowSequence sequence;
  private final ZoneId zone;

  public SeriesWatch(ZoneId zone) {
    this.evaluator = new MetricRuleEvaluator(zone);
    this.sequence = new WindowSequence(zone);
    this.zone = zone;
  }

  /**
   * Applies a window that is still open.
   *
   * @param watching the rules that watch the series
   */
  public long onOpenWindow(
      List<MetricRule> watching, MetricWindow window, RuleMemory memory, Consumer<Alert> out) {
    for (MetricRule rule : watching) {
      if (rule.early()) {
        MetricAlertState before = memory.alert(rule.name());
        keep(rule, before, evaluator.onOpenWindow(rule, before, window, out), memory);
      }
    }
    if (memory.progress() == null) {
      memory.keepProgress(SeriesProgress.opened(window));
    }
    return endOf(window) + silence(window);
  }

  /**
   * Applies a closed window; one that ends before another that was judged changes nothing.
   *
   * @param watching the rules that watch the series
   */
  public long onWindow(
      List<MetricRule> watching, MetricWindow window, RuleMemory memory, Consumer<Alert> out) {
    SeriesProgress before = memory.progress();
    long end = endOf(window);
    if (before == null ? watching.isEmpty() : end <= before.judgedUntil()) {
      return NEVER;
    }
    long look = watching.isEmpty() ? end + silence(window) : NEVER;
    judge(watching, window, memory, out);
    for (MetricRule rule : watching) {
      look = Math.min(look, end + patience(rule, window));
    }
    if (!memoryOf(watching).isZero()) {
      memory.keepValue(end, window.value());
      look = Math.min(look, end + HISTORY_TIDIED_EVERY.toMillis());
    }
    memory.keepProgress(SeriesProgress.judged(window));
    return look;
  }

  /**
   * Does what is due although no window has come.
   *
   * @param watching the rules that watch the series
   * @param time what event time has come to
   */
  public long onTime(List<MetricRule> watching, long time, RuleMemory memory, Consumer<Alert> out) {
    if (memory.progress() == null) {
      return NEVER;
    }
    SeriesProgress now = assumeZero(watching, time, memory, out);
    noticeAbsence(watching, now, time, memory, out);
    endSilentAlerts(watching, now, time, memory, out);
    Duration remembered = memoryOf(watching);
    if (time >= givenUpAt(watching, now, remembered, memory)) {
      giveUp(time, memory, out);
      return NEVER;
    }
    memory.forgetValuesBefore(time - remembered.toMillis());
    if (watching.stream().noneMatch(rule -> rule.condition().asksDetectorOf(now.last(), zone))) {
      memory.keepDetector(null);
    }
    memory.keepProgress(now);
    return nextLook(watching, now, time, remembered, memory);
  }

  /** When, after a window, the rule wants to be asked although no window has come. */
  private long patience(MetricRule rule, MetricWindow window) {
    if (rule.missingIsZero()) {
      return endOf(sequence.after(window)) - endOf(window) - 1;
    }
    return rule.condition() instanceof Absent absent ? absent.after().toMillis() : silence(window);
  }

  private SeriesProgress assumeZero(
      List<MetricRule> watching, long time, RuleMemory memory, Consumer<Alert> out) {
    List<MetricRule> assuming = watching.stream().filter(MetricRule::missingIsZero).toList();
    SeriesProgress now = memory.progress();
    for (MetricWindow missing = sequence.after(now.last());
        !assuming.isEmpty() && endOf(missing) - 1 <= time;
        missing = sequence.after(missing)) {
      judge(assuming, missing, memory, out);
      now = now.assumed(missing);
    }
    return now;
  }

  private void noticeAbsence(
      List<MetricRule> watching,
      SeriesProgress now,
      long time,
      RuleMemory memory,
      Consumer<Alert> out) {
    for (MetricRule rule : watching) {
      if (rule.condition() instanceof Absent absent
          && memory.alert(rule.name()) == null
          && time >= now.lastReal() + absent.after().toMillis()) {
        Instant since = Instant.ofEpochMilli(now.lastReal()).plus(absent.after());
        memory.keepAlert(rule.name(), evaluator.onAbsence(rule, now.last(), since, out));
      }
    }
  }

  private static void endSilentAlerts(
      List<MetricRule> watching,
      SeriesProgress now,
      long time,
      RuleMemory memory,
      Consumer<Alert> out) {
    for (Map.Entry<String, MetricAlertState> known : memory.alerts().entrySet()) {
      Optional<MetricRule> rule =
          watching.stream().filter(one -> one.name().equals(known.getKey())).findFirst();
      MetricAlertState state = known.getValue();
      if (rule.isEmpty()) {
        end(known.getKey(), state, time, Endings::ruleRemoved, memory, out);
      } else if (!(rule.get().condition() instanceof Absent)
          && time >= state.lastJudged() + silence(now.last())) {
        end(known.getKey(), state, time, Endings::noData, memory, out);
      }
    }
  }

  private static void giveUp(long time, RuleMemory memory, Consumer<Alert> out) {
    for (Map.Entry<String, MetricAlertState> known : memory.alerts().entrySet()) {
      end(known.getKey(), known.getValue(), time, Endings::noData, memory, out);
    }
    memory.clear();
  }

  private long nextLook(
      List<MetricRule> watching,
      SeriesProgress now,
      long time,
      Duration remembered,
      RuleMemory memory) {
    long next = givenUpAt(watching, now, remembered, memory);
    if (!remembered.isZero()) {
      next = Math.min(next, time + HISTORY_TIDIED_EVERY.toMillis());
    }
    for (MetricRule rule : watching) {
      MetricAlertState state = memory.alert(rule.name());
      if (rule.missingIsZero()) {
        next = Math.min(next, endOf(sequence.after(now.last())) - 1);
      }
      if (!(rule.condition() instanceof Absent absent)) {
        next = state == null ? next : Math.min(next, state.lastJudged() + silence(now.last()));
      } else if (state == null) {
        next = Math.min(next, now.lastReal() + absent.after().toMillis());
      }
    }
    return next;
  }

  /** When a series is given up; it is not silent while an early rule fires for an open window. */
  private static long givenUpAt(
      List<MetricRule> watching, SeriesProgress now, Duration remembered, RuleMemory memory) {
    long lastHeard =
        watching.stream()
            .filter(MetricRule::early)
            .map(rule -> memory.alert(rule.name()))
            .filter(Objects::nonNull)
            .mapToLong(MetricAlertState::lastJudged)
            .reduce(now.lastReal(), Math::max);
    return lastHeard + retention(watching, now.last(), remembered);
  }

  /** How long a silent series is remembered, milliseconds. */
  private static long retention(List<MetricRule> watching, MetricWindow last, Duration remembered) {
    boolean watchesSilence =
        watching.stream()
            .anyMatch(rule -> rule.missingIsZero() || rule.condition() instanceof Absent);
    Duration lifetime =
        watching.stream()
            .map(rule -> rule.condition().lifetime())
            .reduce(remembered, SeriesWatch::max);
    Duration longest = max(lifetime, MetricRuleEvaluator.silence(last));
    return (watchesSilence ? longest.plus(GIVEN_UP_AFTER) : longest).toMillis();
  }

  /** How far back any of the rules looks. */
  private static Duration memoryOf(List<MetricRule> watching) {
    return watching.stream()
        .map(rule -> rule.condition().memory())
        .reduce(Duration.ZERO, SeriesWatch::max);
  }

  private void judge(
      List<MetricRule> rules, MetricWindow window, RuleMemory memory, Consumer<Alert> out) {
    WindowHistory history = new AssessedHistory(memory, assess(rules, window, memory));
    for (MetricRule rule : rules) {
      MetricAlertState before = memory.alert(rule.name());
      keep(rule, before, evaluator.onWindow(rule, before, window, history, out), memory);
    }
  }

  /** Has the detector of the series look at a window, once for all rules that want it. */
  private Assessment assess(List<MetricRule> rules, MetricWindow window, RuleMemory memory) {
    if (rules.stream().noneMatch(rule -> rule.condition().asksDetectorOf(window, zone))) {
      return null;
    }
    AnomalyDetector known = memory.detector();
    AnomalyDetector detector = known == null ? new AnomalyDetector() : known;
    Assessment assessment =
        detector.assess(LocalDateTime.ofInstant(window.windowStart(), zone), window.value());
    memory.keepDetector(detector);
    return assessment;
  }

  private record AssessedHistory(WindowHistory values, Assessment assessment)
      implements WindowHistory {
    @Override
    public Double valueAt(long end) {
      return values.valueAt(end);
    }
  }

  private static void keep(
      MetricRule rule, MetricAlertState before, MetricAlertState now, RuleMemory memory) {
    if (now != before) {
      memory.keepAlert(rule.name(), now);
    }
  }

  private static void end(
      String rule,
      MetricAlertState state,
      long time,
      BiFunction<Alert, Instant, Alert> ending,
      RuleMemory memory,
      Consumer<Alert> out) {
    for (Alert alert : state.allFiring()) {
      out.accept(ending.apply(alert, Instant.ofEpochMilli(time)));
    }
    memory.keepAlert(rule, null);
  }

  private static long endOf(MetricWindow window) {
    return window.windowEnd().toEpochMilli();
  }

  private static long silence(MetricWindow window) {
    return MetricRuleEvaluator.silence(window).toMillis();
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
