package io.tidewatch.local.rules;

import io.tidewatch.alert.Alert;
import io.tidewatch.rules.Firing;
import io.tidewatch.rules.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a rule made of history, in lines of at most 80 characters but for names and sentences. */
public final class BacktestReport {

  private static final Duration WEEK = Duration.ofDays(7);

  private final Rule rule;
  private final Instant from;
  private final Instant to;
  private final DateTimeFormatter time;

  public BacktestReport(Rule rule, Instant from, Instant to, ZoneId zone) {
    this.rule = rule;
    this.from = from;
    this.to = to;
    this.time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
  }

  /**
   * @param fancy whether the reader can show more than ASCII
   */
  public List<String> lines(Backtest.Outcome outcome, boolean fancy) {
    List<String> lines = new ArrayList<>();
    lines.add("%s: %s".formatted(rule.name(), RuleWording.watches(rule)));
    lines.add("");
    lines.add("  " + outcome.curve().line(fancy));
    lines.add("  " + outcome.curve().marks(outcome.firings(), to));
    lines.add(axis());
    lines.add(
        "  from %s to %s; ! where it fires"
            .formatted(number(outcome.curve().least()), number(outcome.curve().greatest())));
    lines.add("");
    outcome.firings().forEach(firing -> lines.addAll(lines(firing)));
    if (outcome.muted() + outcome.capped() > 0) {
      lines.add(
          "not told: %d that ended while muted, %d beyond max_alerts"
              .formatted(outcome.muted(), outcome.capped()));
    }
    lines.add(summary(outcome));
    return lines;
  }

  private List<String> lines(Firing firing) {
    String end = firing.resolved().map(this::ending).orElse("still firing");
    return List.of(
        "%s  fired%s"
            .formatted(
                time.format(firing.firedAt()),
                firing.fired().series().isEmpty() ? "" : "  " + firing.fired().series()),
        "    " + firing.fired().summary(),
        "    %s, after %s".formatted(end, words(firing.lasted(to))));
  }

  private String ending(Alert resolved) {
    return "%s %s"
        .formatted(
            resolved.resolution().name().toLowerCase(Locale.ROOT),
            time.format(resolved.updatedAt()));
  }

  private String summary(Backtest.Outcome outcome) {
    List<Firing> firings = outcome.firings();
    double weeks = Duration.between(from, to).toMillis() / (double) WEEK.toMillis();
    Duration total =
        firings.stream().map(firing -> firing.lasted(to)).reduce(Duration.ZERO, Duration::plus);
    Duration longest =
        firings.stream()
            .map(firing -> firing.lasted(to))
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    return String.format(
        Locale.ROOT,
        "fired=%d per_week=%.1f firing_for=%s longest=%s judged=%d",
        firings.size(),
        firings.size() / weeks,
        words(total),
        words(longest),
        outcome.read());
  }

  private String axis() {
    String begin = time.format(from).substring(0, "uuuu-MM-dd HH:mm".length());
    String end = time.format(to).substring(0, "uuuu-MM-dd HH:mm".length());
    return "  " + begin + " ".repeat(Curve.COLUMNS - begin.length() - end.length()) + end;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, "%,.4g", value);
  }

  /** Such as 1d2h, 5m or 40s: the two greatest units. */
  static String words(Duration duration) {
    if (duration.toDays() > 0) {
      return duration.toDays() + "d" + duration.toHoursPart() + "h";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + "h" + duration.toMinutesPart() + "m";
    }
    return duration.toMinutes() > 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
  }
}
