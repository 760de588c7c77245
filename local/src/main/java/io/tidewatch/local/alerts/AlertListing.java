package io.tidewatch.local.alerts;

import io.tidewatch.local.TerminalText;
import io.tidewatch.local.alerts.AlertEntry.Acknowledgement;
import io.tidewatch.time.DurationWords;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Alerts as lines of at most 80 columns, links aside, such as
 *
 * <pre>
 * HIGH      high_error_rate                              since 2 Mar 10:04, 12 min
 *   3f2a9c1d  api_error_rate was 12.3 % from 10:03 to 10:04 on 2 Mar; the limit is
 *             5 %.
 *             [=============..................●]  = expected  ● measured
 *             Ann takes care of it since 2 Mar 10:06.
 *             http://127.0.0.1:3000/d/tidewatch-operations?from=1772442240000&to=now
 * </pre>
 */
public final class AlertListing {

  private static final int WIDTH = 80;
  private static final int INDENT = 12;
  private static final int SEVERITY = 10;
  private static final int SHOWN_OF_ID = 8;

  private final ZoneId zone;
  private final Instant now;

  /**
   * @param zone of the times in them
   */
  public AlertListing(ZoneId zone, Instant now) {
    this.zone = zone;
    this.now = now;
  }

  public List<String> lines(List<AlertEntry> alerts) {
    List<String> lines = new ArrayList<>();
    for (AlertEntry alert : alerts) {
      lines.add(heading(alert));
      List<String> text = new ArrayList<>(wrapped(alert.summary()));
      alert.range().map(RangePicture::drawn).filter(p -> !p.isEmpty()).ifPresent(text::add);
      alert.acknowledgement().ifPresent(by -> text.addAll(wrapped(sentence(by))));
      if (!alert.dashboard().isEmpty()) {
        text.add(alert.dashboard());
      }
      String id = alert.id().substring(0, Math.min(SHOWN_OF_ID, alert.id().length()));
      for (int i = 0; i < text.size(); i++) {
        lines.add(("  %-" + (INDENT - 2) + "s%s").formatted(i == 0 ? id : "", text.get(i)));
      }
    }
    return lines;
  }

  private String heading(AlertEntry alert) {
    String when = when(alert);
    int room = WIDTH - SEVERITY - when.length() - 1;
    String rule = alert.rule().length() > room ? alert.rule().substring(0, room) : alert.rule();
    return ("%-" + SEVERITY + "s%-" + room + "s %s").formatted(alert.severity().name(), rule, when);
  }

  private String when(AlertEntry alert) {
    String start = moment(alert.startedAt());
    return alert
        .endedAt()
        .map(
            end ->
                "%s, %s, %s"
                    .formatted(
                        start,
                        length(alert.startedAt(), end),
                        alert.resolution().replace('_', ' ')))
        .orElseGet(() -> "since %s, %s".formatted(start, length(alert.startedAt(), now)));
  }

  private String sentence(Acknowledgement acknowledgement) {
    return "%s takes care of it since %s."
        .formatted(acknowledgement.by(), moment(acknowledgement.at()));
  }

  /** A time as all lines write it. */
  public String moment(Instant time) {
    return DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(zone).format(time);
  }

  private static String length(Instant from, Instant to) {
    return DurationWords.of(to.isBefore(from) ? Duration.ZERO : Duration.between(from, to));
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : TerminalText.printable(text).strip().split("\\s+")) {
      if (!line.isEmpty() && TerminalText.width(line + " " + word) > WIDTH - INDENT) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
