package io.tidewatch.rules;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.Evidence;
import io.tidewatch.alert.Figures;
import io.tidewatch.alert.Resolution;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.SeriesKey;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The life of a metric rule's alerts on one series: pending, firing, resolved.
 *
 * <p>Windows come in the order of their ends, each once. A null state is a calm one.
 */
public final class MetricRuleEvaluator implements Serializable {

  private static final int WINDOWS_OF_SILENCE = 3;
  private static final Duration LEAST_SILENCE = Duration.ofHours(1);

  private final ZoneId zone;
  private final Sentences sentences;

  public MetricRuleEvaluator(ZoneId zone) {
    this.zone = zone;
    this.sentences = new Sentences(zone);
  }

  /**
   * How long after the last judged window nobody can say any more whether it still is so: three
   * windows, and an hour.
   */
  public static Duration silence(MetricWindow window) {
    Duration windows =
        Duration.between(window.windowStart(), window.windowEnd()).multipliedBy(WINDOWS_OF_SILENCE);
    return windows.compareTo(LEAST_SILENCE) > 0 ? windows : LEAST_SILENCE;
  }

  /**
   * Applies a closed window.
   *
   * @return null where nothing is left to remember
   */
  public MetricAlertState onWindow(
      MetricRule rule,
      MetricAlertState state,
      MetricWindow window,
      WindowHistory history,
      Consumer<Alert> out) {
    Judgement judgement = rule.condition().judge(window, history, zone);
    if (rule.early()) {
      return closeEarly(rule, state, window, judgement, out);
    }
    if (rule.condition() instanceof WindowCondition.Absent) {
      return onPresence(rule, state, window, out);
    }
    MetricAlertState before = state == null ? MetricAlertState.CALM : state;
    return switch (judgement.verdict()) {
      case UNKNOWN -> state;
      case CONTINUES -> state == null ? null : onBreach(rule, before, window, judgement, out);
      case BREACH -> onBreach(rule, before, window, judgement, out);
      case HEALTHY -> before.isFiring() ? onHealthy(rule, before, window, out) : null;
    };
  }

  /** Applies a window that is still open; only early rules look at those. */
  public MetricAlertState onOpenWindow(
      MetricRule rule, MetricAlertState state, MetricWindow window, Consumer<Alert> out) {
    Judgement judgement = rule.condition().judge(window, end -> null, zone);
    List<Alert> firing = firing(state);
    if (!judgement.isBreach() || isFiringFor(window, firing)) {
      return state;
    }
    firing.add(fireEarly(rule, window, judgement, out));
    return MetricAlertState.early(firing);
  }

  /**
   * Fires because no window came.
   *
   * @param last the last window that did
   * @param now the end of the patience
   */
  public MetricAlertState onAbsence(
      MetricRule rule, MetricWindow last, Instant now, Consumer<Alert> out) {
    Duration after = ((WindowCondition.Absent) rule.condition()).after();
    Figures figures = new Figures(last.value(), null, null);
    Evidence evidence = evidence(last, Judgement.of(true, figures));
    Alert alert =
        Alert.firing(
            rule.profile(),
            last.series(),
            SeriesKey.customerOf(last.series()),
            now,
            now,
            now,
            figures,
            sentences.absence(rule.metric(), last.series(), after, last.windowEnd()),
            List.of(evidence));
    out.accept(alert);
    return MetricAlertState.CALM
        .withBreach(last.windowEnd().toEpochMilli(), evidence)
        .withFiring(alert);
  }

  private MetricAlertState onBreach(
      MetricRule rule,
      MetricAlertState before,
      MetricWindow window,
      Judgement judgement,
      Consumer<Alert> out) {
    MetricAlertState state =
        before.withBreach(window.windowEnd().toEpochMilli(), evidence(window, judgement));
    if (state.isFiring() || state.breaches() < rule.breachesToFire()) {
      return state;
    }
    Instant started = Instant.ofEpochMilli(state.firstBreach());
    Alert alert =
        fire(rule, window, started, window.windowEnd(), judgement, List.copyOf(state.evidence()));
    out.accept(alert);
    return state.withFiring(alert);
  }

  private MetricAlertState onHealthy(
      MetricRule rule, MetricAlertState before, MetricWindow window, Consumer<Alert> out) {
    MetricAlertState state = before.withHealthy(window.windowEnd().toEpochMilli());
    if (state.healthy() < rule.healthyToResolve()) {
      return state;
    }
    Instant healthy = Instant.ofEpochMilli(state.firstHealthy());
    String summary = sentences.recovery(rule, window);
    for (Alert alert : state.allFiring()) {
      // a rule that is early no more may fire for a window that begins later
      Instant ended = healthy.isAfter(alert.startedAt()) ? healthy : alert.startedAt();
      resolve(alert, ended, window.windowEnd(), summary, out);
    }
    return null;
  }

  private MetricAlertState onPresence(
      MetricRule rule, MetricAlertState state, MetricWindow window, Consumer<Alert> out) {
    Instant end = window.windowEnd();
    for (Alert alert : firing(state)) {
      String summary = sentences.presence(rule.metric(), window.series(), end);
      resolve(alert, end, end, summary, out);
    }
    return null;
  }

  /**
   * Ends the alert of the window, and those of windows before it, which are not judged any more.
   * Those of windows after it go on.
   */
  private MetricAlertState closeEarly(
      MetricRule rule,
      MetricAlertState state,
      MetricWindow window,
      Judgement judgement,
      Consumer<Alert> out) {
    List<Alert> firing = firing(state);
    if (judgement.isBreach() && !isFiringFor(window, firing)) {
      firing.add(fireEarly(rule, window, judgement, out));
    }
    List<Alert> stillOpen = new ArrayList<>();
    for (Alert alert : firing) {
      Instant end = MetricAlertState.windowEnd(alert);
      if (end.isAfter(window.windowEnd())) {
        stillOpen.add(alert);
      } else {
        resolve(alert, end, window.windowEnd(), sentences.windowEnded(alert), out);
      }
    }
    return MetricAlertState.early(stillOpen);
  }

  private Alert fireEarly(
      MetricRule rule, MetricWindow window, Judgement judgement, Consumer<Alert> out) {
    Instant start = window.windowStart();
    Alert alert = fire(rule, window, start, start, judgement, List.of(evidence(window, judgement)));
    out.accept(alert);
    return alert;
  }

  private static List<Alert> firing(MetricAlertState state) {
    return state == null ? new ArrayList<>() : new ArrayList<>(state.allFiring());
  }

  private static boolean isFiringFor(MetricWindow window, List<Alert> firing) {
    return firing.stream().anyMatch(alert -> alert.startedAt().equals(window.windowStart()));
  }

  private Alert fire(
      MetricRule rule,
      MetricWindow window,
      Instant started,
      Instant now,
      Judgement judgement,
      List<Evidence> evidence) {
    return Alert.firing(
        rule.profile(),
        window.series(),
        SeriesKey.customerOf(window.series()),
        started,
        started,
        now,
        judgement.figures(),
        sentences.breach(rule, window, judgement),
        evidence);
  }

  private static void resolve(
      Alert alert, Instant ended, Instant now, String summary, Consumer<Alert> out) {
    out.accept(alert.resolved(Resolution.RECOVERED, ended, now, summary));
  }

  /** The window against its expected range. */
  private static Evidence evidence(MetricWindow window, Judgement judgement) {
    Figures figures = judgement.figures();
    return new Evidence(
        window.metric(),
        window.window(),
        window.windowStart(),
        window.windowEnd(),
        figures.value(),
        figures.baseline() == null ? figures.threshold() : figures.baseline(),
        judgement.low(),
        judgement.high());
  }
}
