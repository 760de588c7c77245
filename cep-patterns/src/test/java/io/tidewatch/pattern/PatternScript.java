package io.tidewatch.pattern;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What happens in a line of text, and what became of it in another.
 *
 * <p>{@code 2:failed} is an event two units of time after the begin; the watermark passes it.
 * {@code 2.5~failed} comes too, but the watermark stays. {@code @5} is the watermark alone. What
 * comes behind it is late.
 *
 * <p>{@code fires(0..3)} is an alert that began at 0 and fired at 3, {@code recovered(0..4)} the
 * same one at its end, {@code nothing} is no alert.
 *
 * @param <E> what patterns are fed
 */
public abstract class PatternScript<E> {

  /** No state outlives it. */
  private static final Duration FORGOTTEN = Duration.ofDays(400);

  private final Instant begin;
  private final Duration unit;
  private long watermark = Long.MIN_VALUE;
  private int events;

  protected PatternScript(Instant begin, Duration unit) {
    this.begin = begin;
    this.unit = unit;
  }

  /**
   * @param what the word behind the time, with what follows it after slashes
   * @param number of the event in the script, from 0
   */
  protected abstract E event(Instant time, String what, int number);

  /** Where the watermark goes when it passes the event. */
  protected abstract Instant knownAt(E event);

  /** Epoch milliseconds. */
  protected final long watermark() {
    return watermark;
  }

  /** What becomes of it; the state is gone in the end. */
  protected final String play(RunningPattern.Start<E> start, String script) throws Exception {
    try (RunningPattern<E> running = start.run()) {
      return playToTheEnd(tokens(script), running, List.of());
    }
  }

  /** As {@link #play}, but with a failure after half of the events. */
  protected final String playWithFailure(RunningPattern.Start<E> start, String script)
      throws Exception {
    List<String> tokens = tokens(script);
    int half = tokens.size() / 2;
    List<Alert> before;
    RunningPattern.Start<E> checkpoint;
    try (RunningPattern<E> first = start.run()) {
      step(tokens.subList(0, half), first);
      before = first.alerts();
      checkpoint = first.checkpoint();
    }
    try (RunningPattern<E> second = checkpoint.run()) {
      return playToTheEnd(tokens.subList(half, tokens.size()), second, before);
    }
  }

  /** The alerts in whole. */
  protected final List<Alert> alerts(RunningPattern.Start<E> start, String script)
      throws Exception {
    try (RunningPattern<E> running = start.run()) {
      step(tokens(script), running);
      return running.alerts();
    }
  }

  private String playToTheEnd(List<String> tokens, RunningPattern<E> running, List<Alert> before)
      throws Exception {
    step(tokens, running);
    List<Alert> alerts = new ArrayList<>(before);
    alerts.addAll(running.alerts());
    running.advanceTo(begin.plus(FORGOTTEN).toEpochMilli());
    return inShort(alerts) + (running.remains() == 0 ? "" : " with remains");
  }

  private static List<String> tokens(String script) {
    return List.of(script.trim().split("\\s+"));
  }

  private void step(List<String> tokens, RunningPattern<E> running) throws Exception {
    for (String token : tokens) {
      if (token.startsWith("@")) {
        advance(running, time(token.substring(1)));
        continue;
      }
      String[] parts = token.split("[:~]");
      E event = event(time(parts[0]), parts[1], events++);
      running.feed(event);
      if (token.contains(":")) {
        advance(running, knownAt(event));
      }
    }
  }

  private void advance(RunningPattern<E> running, Instant time) throws Exception {
    watermark = Math.max(watermark, time.toEpochMilli());
    running.advanceTo(watermark);
  }

  private Instant time(String number) {
    return begin.plusMillis(
        new BigDecimal(number).multiply(BigDecimal.valueOf(unit.toMillis())).longValueExact());
  }

  private String inShort(List<Alert> alerts) {
    return alerts.isEmpty()
        ? "nothing"
        : alerts.stream()
            .map(
                alert ->
                    "%s(%s..%s)"
                        .formatted(
                            word(alert), number(alert.startedAt()), number(alert.updatedAt())))
            .collect(Collectors.joining(" "));
  }

  /** What has become of an alert: {@code fires}, or how it ended. */
  static String word(Alert alert) {
    return alert.status() == AlertStatus.FIRING
        ? "fires"
        : alert.resolution().name().toLowerCase(Locale.ROOT);
  }

  /** To a tenth of the unit, so that what is made a little after midnight is of that day. */
  private String number(Instant time) {
    long tenths = Math.round(10.0 * Duration.between(begin, time).toMillis() / unit.toMillis());
    return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
  }
}
