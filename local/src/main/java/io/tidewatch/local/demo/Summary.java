package io.tidewatch.local.demo;

import io.tidewatch.local.Count;
import io.tidewatch.local.company.Incident;
import io.tidewatch.local.replay.RecordCounts;
import io.tidewatch.time.DurationWords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a demo has shown.
 *
 * @param liveSince when its live part began, in the company
 * @param liveUntil when it ended, in the company
 * @param lived how long that lasted, by the clock on the wall
 * @param wallAt when it was some time in the company
 * @param repeated how many of the events sent were sent for the second time
 * @param accepted events that are in ClickHouse
 * @param counted what the job counted
 * @param rows by table
 * @param coverage what must be there
 * @param firing from an event to the alert that it raised
 * @param row from when a minute was over to its last row
 */
record Summary(
    Instant liveSince,
    Instant liveUntil,
    Duration lived,
    UnaryOperator<Instant> wallAt,
    Findings findings,
    long sent,
    long repeated,
    long accepted,
    Counted counted,
    Map<String, Long> rows,
    Alerts alerts,
    Coverage coverage,
    Latency firing,
    Latency row) {

  /** Minutes have passed by then, with their figures, and the first incidents have shown. */
  private static final Duration SHOWS_WITHIN = Duration.ofSeconds(90);

  /**
   * Which alerts have come to where.
   *
   * @param heard ids of those in the topic
   * @param stored ids of those in ClickHouse
   * @param firedLive how many in the topic fired since the live part began
   */
  record Alerts(Set<String> heard, Set<String> stored, long firedLive) {

    /** Whether each is in both places. */
    boolean arrived() {
      return heard.equals(stored);
    }
  }

  /**
   * What was sent, and what the job counted of it, before the minute in which the demo ended: that
   * one is still open.
   */
  record Counted(Instant minute, SentByMinute.Total sent, RecordCounts counts) {

    /** Whether each came to one end. */
    boolean hasAll() {
      return counts.accountFor(sent.sent());
    }

    /** Whether those sent for the second time, and no others, were duplicates. */
    boolean hasRepeats() {
      return counts.count("duplicate") == sent.repeated();
    }
  }

  /** Whether all that was sent has come to its end; an event sent twice ends as a duplicate. */
  boolean accountsForAll() {
    return accepted + rejected() + repeated == sent;
  }

  boolean stackWorked() {
    return accountsForAll()
        && jobCounted()
        && hasFigures()
        && hasLiveFigures()
        && hasAlerts()
        && hasLiveAlerts()
        && alerts.arrived();
  }

  private boolean jobCounted() {
    return counted.hasAll() && (!coverage.repeats() || counted.hasRepeats());
  }

  /** Each incident of the history raises some. */
  private boolean hasAlerts() {
    return !coverage.incidents() || !alerts.heard().isEmpty();
  }

  private boolean hasFigures() {
    return rows.getOrDefault("metric_windows", 0L) > 0;
  }

  private boolean hasLiveFigures() {
    return !coverage.minutes() || row.count() > 0 || !showsWhatIsLive();
  }

  private boolean hasLiveAlerts() {
    return !coverage.incidentsAtOnce() || alerts.firedLive() > 0 || !showsWhatIsLive();
  }

  private boolean showsWhatIsLive() {
    return lived.compareTo(SHOWS_WITHIN) >= 0;
  }

  /** For a person, at 80 columns. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("SUMMARY of five weeks of history and %s live".formatted(DurationWords.of(lived)));
    lines.addAll(incidents("history", false));
    lines.addAll(incidents("live", true));
    lines.add(
        others(
            "customers",
            findings.ofTroubledCustomers(),
            "of those who got into trouble by themselves"));
    lines.add(others("false alarms", findings.falseAlarms(), "that nothing explains"));
    lines.add(
        "rows          "
            + rows.entrySet().stream()
                .map(table -> "%s %,d".formatted(table.getKey(), table.getValue()))
                .collect(Collectors.joining(", ")));
    lines.add("event → alert " + firing);
    lines.add("window → row  " + row);
    lines.add(
        "events        %,d sent = %,d accepted + %,d rejected + %,d sent twice%s"
            .formatted(sent, accepted, rejected(), repeated, accountsForAll() ? "" : " ?"));
    lines.add(
        "job counted   %s until %s".formatted(counted.counts(), Layout.time(counted.minute())));
    if (!jobCounted()) {
      lines.add(
          "Until then %s were sent, %,d of them for the second time: the job counted differently."
              .formatted(Count.of(counted.sent().sent(), "event"), counted.sent().repeated()));
    }
    if (!accountsForAll()) {
      lines.add("Not every event that was sent is accounted for.");
    }
    if (!hasFigures()) {
      lines.add("There were no figures.");
    }
    if (!hasLiveFigures()) {
      lines.add("No minute of the live part came to ClickHouse.");
    }
    if (!hasAlerts()) {
      lines.add("There were no alerts.");
    }
    if (!hasLiveAlerts()) {
      lines.add("No alert fired in the live part, though incidents befell the company.");
    }
    if (!alerts.arrived()) {
      lines.add(
          "Alerts: %,d in the topic, %,d in ClickHouse, where the same ones should be in both."
              .formatted(alerts.heard().size(), alerts.stored().size()));
    }
    return lines.stream().flatMap(line -> Layout.wrapped(line).stream()).toList();
  }

  private List<String> incidents(String name, boolean live) {
    List<Incident> incidents =
        findings.catches().keySet().stream()
            .filter(incident -> live != incident.startedAt().isBefore(liveSince))
            .sorted(Comparator.comparing(Incident::startedAt))
            .toList();
    long noticed =
        incidents.stream().filter(incident -> findings.catches().get(incident).isPresent()).count();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-13s %d of %s noticed".formatted(name, noticed, Count.of(incidents.size(), "incident")));
    for (Incident incident : incidents) {
      lines.add(
          Layout.fit(
              "  %-20s %s"
                  .formatted(
                      incident.kind().label(),
                      findings
                          .catches()
                          .get(incident)
                          .map(alert -> noticed(incident, alert, live))
                          .orElse(mayStillBe(incident) ? "not noticed yet" : "not noticed"))));
    }
    return lines;
  }

  private boolean mayStillBe(Incident incident) {
    return !Layout.isHopeless(incident, liveUntil);
  }

  private String noticed(Incident incident, AlertMessage alert, boolean live) {
    if (live) {
      Duration delay = Duration.between(wallAt.apply(incident.startedAt()), alert.seenAt());
      double seconds = Math.max(0, delay.toMillis() / 1000.0);
      return "after %.1f s by %s".formatted(seconds, alert.rule());
    }
    return "%s by %s".formatted(Layout.delay(incident, alert), alert.rule());
  }

  private static String others(String label, List<AlertMessage> alerts, String what) {
    String rules = Findings.byRule(alerts);
    return "%-13s %s %s%s"
        .formatted(
            label, Count.of(alerts.size(), "alert"), what, rules.isEmpty() ? "" : ": " + rules);
  }

  private long rejected() {
    return rows.getOrDefault("dead_letters", 0L);
  }
}
