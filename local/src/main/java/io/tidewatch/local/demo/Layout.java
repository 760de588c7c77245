package io.tidewatch.local.demo;

import io.tidewatch.local.Count;
import io.tidewatch.local.TerminalText;
import io.tidewatch.local.company.Incident;
import io.tidewatch.time.DurationWords;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts things into lines of at most 80 columns. */
final class Layout {

  static final int WIDTH = 80;
  private static final int INDENT = 14;
  private static final Duration WINDOWS_CLOSE = Duration.ofSeconds(90);
  private static final int INCIDENTS = 6;
  private static final int ALERTS = 6;
  private static final String RULE = "─".repeat(WIDTH);

  private static final DateTimeFormatter DATE_AND_TIME =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Layout() {}

  /** A full screen. */
  static List<String> picture(Picture picture) {
    List<String> lines = new ArrayList<>();
    lines.add(
        apart(
            "Tidewatch demo   " + DATE_AND_TIME.format(picture.now()),
            picture.left().map(left -> clock(left) + " left").orElse("Ctrl-C stops")));
    lines.add(RULE);
    lines.addAll(figures(picture));
    lines.add(RULE);
    lines.add("INCIDENTS (what really happens)");
    lines.addAll(incidents(picture));
    lines.add("ALERTS (what Tidewatch says)");
    alerts(picture.alerts(), ALERTS).forEach(alert -> lines.add("  " + alert));
    lines.add(RULE);
    lines.add(picture.where());
    return lines.stream().map(Layout::fit).toList();
  }

  static List<String> figures(Picture picture) {
    Figures figures = picture.figures();
    return List.of(
        "last minute  " + traffic(figures, "1m"),
        "this hour    " + traffic(figures, "1h"),
        "today so far "
            + String.join(
                "   ",
                figures.count("net_revenue 1d", "EUR %,10.0f"),
                figures.count("active_customers 1d", "customers %,6.0f"),
                figures.count("visitors 1d", "visitors %,6.0f"),
                figures.count("leads 1d", "leads %,5.0f")),
        "firing       "
            + firing(picture.firing())
            + "   "
            + Count.of(picture.sent(), "event")
            + " sent");
  }

  private static String traffic(Figures figures, String window) {
    return String.join(
        "   ",
        figures.count("api_requests " + window, "requests %,6.0f"),
        figures.ratio("api_error_rate " + window, 100, "errors %5.1f %%"),
        figures.ratio("response_time_p95 " + window, 1, "p95 %,5.0f ms"),
        figures.count("failed_logins " + window, "bad logins %,5.0f"));
  }

  /** Such as {@code outage since 0:45, caught after 12 s by critical_error}. */
  private static List<String> incidents(Picture picture) {
    List<String> lines = new ArrayList<>();
    picture
        .incidents()
        .forEach(
            (incident, caught) -> {
              boolean over = !picture.now().isBefore(incident.endedAt());
              Instant until = over ? incident.endedAt() : picture.now();
              String state = over ? "over after " : "since ";
              lines.add(
                  "  %-20s %-16s %s"
                      .formatted(
                          incident.kind().label(),
                          state + clock(Duration.between(incident.startedAt(), until)),
                          caught
                              .map(
                                  alert ->
                                      "caught " + delay(incident, alert) + " by " + alert.rule())
                              .orElse(isHopeless(incident, picture.now()) ? "not noticed" : "…")));
            });
    if (lines.isEmpty()) {
      lines.add("  none yet");
    }
    return last(lines, INCIDENTS);
  }

  /** Windows of a minute that it showed in are closed by then. */
  static boolean isHopeless(Incident incident, Instant now) {
    return now.isAfter(incident.endedAt().plus(WINDOWS_CLOSE));
  }

  /** One line for all alerts of a rule that came one after the other. */
  static List<String> alerts(List<AlertMessage> alerts, int most) {
    Map<String, AlertMessage> newest = new LinkedHashMap<>();
    Map<String, Integer> count = new LinkedHashMap<>();
    for (AlertMessage alert : alerts) {
      String group = alert.rule() + alert.firing();
      newest.remove(group);
      newest.put(group, alert);
      count.merge(group, 1, Integer::sum);
    }
    List<String> lines = new ArrayList<>();
    newest.forEach((group, alert) -> lines.add(alert(alert, count.get(group))));
    return last(lines, most);
  }

  /** Such as {@code 12:00:05 critical critical_error inference raised a critical error}. */
  private static String alert(AlertMessage alert, int times) {
    return fit(
        "%s %-8s %s%s  %s"
            .formatted(
                TIME.format(alert.seenAt()),
                alert.firing() ? alert.severity() : "resolved",
                alert.rule(),
                times > 1 ? " ×" + times : "",
                alert.summary()));
  }

  /** How long the alert came after the incident began, in event time. */
  static String delay(Incident incident, AlertMessage alert) {
    Duration delay = Duration.between(incident.startedAt(), alert.changedAt());
    // a window that is still open tells of its beginning
    return delay.isNegative() ? "in the same window" : "after " + DurationWords.of(delay);
  }

  static String time(Instant time) {
    return TIME.format(time) + " UTC";
  }

  /** Cut to the width of the screen. */
  static String fit(String line) {
    String text = TerminalText.printable(line);
    return TerminalText.width(text) <= WIDTH
        ? text
        : text.substring(0, TerminalText.end(text, WIDTH - 1)) + "…";
  }

  private static String firing(Map<String, Long> bySeverity) {
    List<String> parts = new ArrayList<>();
    for (String severity : List.of("critical", "high", "medium", "low")) {
      long count = bySeverity.getOrDefault(severity, 0L);
      if (count > 0) {
        parts.add(count + " " + severity);
      }
    }
    return parts.isEmpty() ? "nothing" : String.join(", ", parts);
  }

  private static <T> List<T> last(List<T> all, int most) {
    return all.subList(Math.max(0, all.size() - most), all.size());
  }

  private static String clock(Duration duration) {
    return "%d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart());
  }

  private static String apart(String left, String right) {
    return left + " ".repeat(Math.max(1, WIDTH - left.length() - right.length())) + right;
  }

  /** A line as lines that fit, broken at spaces, and within a word that is longer than a line. */
  static List<String> wrapped(String line) {
    List<String> lines = new ArrayList<>();
    String rest = TerminalText.printable(line);
    while (TerminalText.width(rest) > WIDTH) {
      int room = TerminalText.end(rest, WIDTH);
      int space = rest.lastIndexOf(' ', room);
      int end = space > INDENT ? space : room;
      lines.add(rest.substring(0, end));
      rest = " ".repeat(INDENT) + rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }
}
