package io.tidewatch.pattern;

import io.tidewatch.alert.Alert;
import io.tidewatch.pattern.window.SeriesWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * A sequence of windows of one series in a line of text, and what became of it in another.
 *
 * <p>Windows are numbered from 1. {@code 10} is the next window, with its value; {@code -} is one
 * that is missing; {@code -60} are sixty of them: the watermark passes each. {@code 7:10} is window
 * 7, which comes now, whatever the watermark, and {@code |} lets the watermark pass all that came.
 *
 * <p>{@code fires(4..6)} is an alert that began with window 4 and fired with 6, {@code
 * recovered(4..8)} the same one at its end, {@code nothing} is no alert.
 */
final class SequenceScript {

  static final Instant BEGIN = Instant.parse("2026-03-02T10:00:00Z");

  /** No state outlives it. */
  private static final Duration FORGOTTEN = Duration.ofDays(100);

  private final PatternOperators operators;
  private final Duration length;

  private int passed;
  private int greatest;

  SequenceScript(PatternOperators operators, Duration length) {
    this.operators = operators;
    this.length = length;
  }

  /** What becomes of it; the state is gone in the end. */
  static String playToTheEnd(PatternOperators operators, Duration length, String script)
      throws Exception {
    try (operators) {
      String alerts = new SequenceScript(operators, length).play(script);
      operators.advanceTo(BEGIN.plus(FORGOTTEN).toEpochMilli());
      return (alerts.isEmpty() ? "nothing" : alerts)
          + (operators.remains() == 0 ? "" : " with remains");
    }
  }

  String play(String script) throws Exception {
    for (String token : script.trim().split("\\s+")) {
      if (token.equals("|")) {
        pass(greatest);
      } else if (token.contains(":")) {
        String[] parts = token.split(":");
        feed(Integer.parseInt(parts[0]), Double.parseDouble(parts[1]));
      } else if (token.startsWith("-")) {
        pass(passed + (token.length() == 1 ? 1 : Integer.parseInt(token.substring(1))));
      } else {
        feed(passed + 1, Double.parseDouble(token));
        pass(passed + 1);
      }
    }
    return operators.alerts().stream()
        .map(alert -> inShort(alert, length))
        .collect(Collectors.joining(" "));
  }

  private void feed(int number, double value) throws Exception {
    greatest = Math.max(greatest, number);
    operators.feed(window("", length, number, value));
  }

  private void pass(int number) throws Exception {
    passed = number;
    greatest = Math.max(greatest, number);
    operators.advanceTo(end(length, number) + 999);
  }

  static SeriesWindow window(String series, Duration length, int number, double value) {
    return new SeriesWindow(series, null, end(length, number - 1), end(length, number), value);
  }

  private static long end(Duration length, int number) {
    return BEGIN.plus(length.multipliedBy(number)).toEpochMilli();
  }

  static String inShort(Alert alert, Duration length) {
    return "%s(%d..%d)"
        .formatted(
            PatternScript.word(alert),
            number(alert.startedAt(), length),
            number(alert.updatedAt(), length));
  }

  private static long number(Instant end, Duration length) {
    return Duration.between(BEGIN, end).dividedBy(length);
  }
}
