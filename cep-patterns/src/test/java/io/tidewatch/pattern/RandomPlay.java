package io.tidewatch.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Plays random events to a pattern, out of order up to the watermark and with failures of the job
 * between, if wanted.
 *
 * <p>Alerts are written as {@code series fires START NOW}.
 */
public final class RandomPlay {

  /** So many events of all series come in any order before the watermark passes them. */
  public static final int DISORDER = 100;

  /** All deadlines pass, and no alert has outlived itself yet. */
  private static final long DEADLINES = Duration.ofDays(5).toMillis();

  private static final long FORGOTTEN = Duration.ofDays(200).toMillis();

  private RandomPlay() {}

  /**
   * @param events in the order they are known
   * @param knownAt epoch milliseconds
   */
  public static <E> Set<String> alerts(
      RunningPattern.Start<E> start, List<E> events, ToLongFunction<E> knownAt, boolean failures)
      throws Exception {
    Random random = new Random(7);
    Set<String> alerts = new HashSet<>();
    RunningPattern<E> running = start.run();
    for (int from = 0; from < events.size(); from += DISORDER) {
      List<E> block =
          new ArrayList<>(events.subList(from, Math.min(from + DISORDER, events.size())));
      long reached = knownAt.applyAsLong(block.get(block.size() - 1));
      Collections.shuffle(block, random);
      if (failures && from / DISORDER % 5 == 2) {
        // in the middle of a block, and again from there
        RunningPattern.Start<E> checkpoint = running.checkpoint();
        feed(block, running);
        alerts.addAll(inShort(running.alerts()));
        running.close();
        running = checkpoint.run();
      }
      feed(block, running);
      running.advanceTo(reached);
    }
    long last = knownAt.applyAsLong(events.get(events.size() - 1));
    running.advanceTo(last + DEADLINES);
    alerts.addAll(inShort(running.alerts()));
    running.advanceTo(last + FORGOTTEN);
    assertThat(running.remains()).isZero();
    running.close();
    return alerts;
  }

  /** What a plain loop over the events of one series gives, as RandomPlay writes alerts. */
  @FunctionalInterface
  public interface Loop<E> {
    List<String> alerts(List<E> events);
  }

  /** The alerts of all series by a plain loop. */
  public static <E> Set<String> expected(List<E> events, Function<E, String> series, Loop<E> loop) {
    Set<String> expected = new HashSet<>();
    events.stream()
        .collect(Collectors.groupingBy(series))
        .forEach(
            (name, own) -> loop.alerts(own).forEach(alert -> expected.add(name + ' ' + alert)));
    return expected;
  }

  private static <E> void feed(List<E> events, RunningPattern<E> running) throws Exception {
    for (E event : events) {
      running.feed(event);
    }
  }

  private static List<String> inShort(List<Alert> alerts) {
    return alerts.stream()
        .map(
            alert ->
                "%s %s %s %s"
                    .formatted(
                        alert.series(),
                        PatternScript.word(alert),
                        alert.startedAt(),
                        alert.updatedAt()))
        .toList();
  }
}
