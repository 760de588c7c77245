package io.tidewatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.local.company.Befallen;
import io.tidewatch.local.company.Incident;
import io.tidewatch.local.replay.RecordCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SummaryTest {

  private static final Instant LIVE = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LONG_AFTER = LIVE.plus(Duration.ofMinutes(30));
  private static final Map<String, Long> ROWS = Map.of("metric_windows", 900L, "dead_letters", 3L);
  private static final Coverage ALL = new Coverage(true, true, true, true);

  private static final Summary.Counted COUNTED = counted(88, 3, 9);
  private static final Latency NONE = Latency.of(List.of());
  private static final Latency SOME = Latency.of(List.of(Duration.ofMillis(520)));
  private static final Summary.Alerts ALERTS = new Summary.Alerts(Set.of("a"), Set.of("a"), 1);

  @Test
  void theStackWorkedIfEachEventAndEachAlertArrivedWhateverWasNoticed() {
    Summary summary = summary(97, ROWS, ALERTS);
    assertThat(summary.stackWorked()).isTrue();
    assertThat(summary.lines())
        .contains(
            "SUMMARY of five weeks of history and 3 min live",
            "history       0 of 0 incidents noticed",
            "live          1 of 2 incidents noticed",
            "  service silent       not noticed",
            "events        110 sent = 97 accepted + 3 rejected + 10 sent twice")
        .noneMatch(line -> line.startsWith("Not every") || line.startsWith("Alerts:"));
  }

  /** It lives ten times as fast as we: 30 s in the company are 3 s on the wall. */
  @Test
  void aLiveIncidentsDelayIsByTheClockOnTheWall() {
    assertThat(summary(97, ROWS, ALERTS).lines())
        .contains("  service silent       after 1.5 s by service_silent");
  }

  @Test
  void theStackDidNotWorkIfAnEventIsMissing() {
    Summary summary = summary(96, ROWS, ALERTS);
    assertThat(summary.stackWorked()).isFalse();
    assertThat(summary.lines())
        .contains(
            "events        110 sent = 96 accepted + 3 rejected + 10 sent twice ?",
            "Not every event that was sent is accounted for.");
  }

  /** What is stored shows no event twice, be it recognised or not. */
  @Test
  void theStackDidNotWorkIfTheJobCountedOtherwise() {
    Summary.Counted unrecognised = counted(97, 3, 0);
    Summary summary = counting(unrecognised);
    assertThat(summary.stackWorked()).isFalse();
    assertThat(summary.lines())
        .contains(
            "job counted   read=100 accepted=97 rejected=3 duplicate=0 no_consent=0 erased=0",
            "Until then 100 events were sent, 9 of them for the second time: the job counted");
    assertThat(counting(counted(87, 3, 9)).stackWorked()).as("one is missing").isFalse();
    assertThat(counting(COUNTED).stackWorked()).isTrue();
    assertThat(counting(COUNTED).lines()).noneMatch(line -> line.startsWith("Until then"));
  }

  @Test
  void theStackDidNotWorkIfThereAreNoFigures() {
    Summary summary = summary(100, Map.of(), ALERTS);
    assertThat(summary.stackWorked()).isFalse();
    assertThat(summary.lines()).contains("There were no figures.");
  }

  @Test
  void theStackDidNotWorkIfAlertsAreMissingInOnePlace() {
    Summary unstored = summary(97, ROWS, new Summary.Alerts(Set.of("a", "b"), Set.of("a"), 1));
    assertThat(unstored.stackWorked()).isFalse();
    assertThat(unstored.lines())
        .anyMatch(line -> line.startsWith("Alerts: 2 in the topic, 1 in ClickHouse"));
  }

  @Test
  void theStackDidNotWorkIfRulesRaisedNoAlertAtAll() {
    Summary silent = summary(97, ROWS, new Summary.Alerts(Set.of(), Set.of(), 0));
    assertThat(silent.stackWorked()).isFalse();
    assertThat(silent.lines()).contains("There were no alerts.");
  }

  /** What the history left behind says nothing of the live part. */
  @Test
  void theStackDidNotWorkIfNoMinuteOfTheLivePartCame() {
    Summary without = live(Duration.ofSeconds(90), 1, NONE, ALL);
    assertThat(without.stackWorked()).isFalse();
    assertThat(without.lines()).contains("No minute of the live part came to ClickHouse.");
    Summary shorter = live(Duration.ofSeconds(89), 1, NONE, ALL);
    assertThat(shorter.stackWorked()).as("no minute need have passed").isTrue();
    assertThat(shorter.lines()).noneMatch(line -> line.startsWith("No minute"));
    Coverage withoutMinutes = new Coverage(true, false, true, true);
    assertThat(live(Duration.ofMinutes(9), 1, NONE, withoutMinutes).stackWorked()).isTrue();
  }

  @Test
  void theStackDidNotWorkIfNoAlertFiredInTheLivePart() {
    String sentence = "No alert fired in the live part, though incidents befell the company.";
    Summary silent = live(Duration.ofSeconds(90), 0, SOME, ALL);
    assertThat(silent.stackWorked()).isFalse();
    assertThat(silent.lines()).contains(sentence);
    Summary shorter = live(Duration.ofSeconds(89), 0, SOME, ALL);
    assertThat(shorter.stackWorked()).as("none need have fired yet").isTrue();
    Coverage notAtOnce = new Coverage(true, true, true, false);
    Summary unwatched = live(Duration.ofMinutes(9), 0, SOME, notAtOnce);
    assertThat(unwatched.stackWorked()).as("no rule fires at once").isTrue();
    assertThat(unwatched.lines()).doesNotContain(sentence);
  }

  @Test
  void oneOfAThingIsNotCalledMany() {
    Incident incident = Befallen.silentFrom(LIVE);
    AlertMessage alert = alert(incident, LIVE);
    Findings findings =
        new Findings(Map.of(incident, Optional.of(alert)), List.of(alert), List.of(alert));
    assertThat(summary(LONG_AFTER, 97, ROWS, ALERTS, ALL, findings).lines())
        .contains(
            "live          1 of 1 incident noticed",
            "customers     1 alert of those who got into trouble by themselves:",
            "false alarms  1 alert that nothing explains: service_silent 1");
  }

  @Test
  void noLineIsWiderThanTheScreen() {
    assertThat(summary(96, ROWS, new Summary.Alerts(Set.of("a"), Set.of(), 1)).lines())
        .allMatch(line -> line.length() <= Layout.WIDTH);
  }

  @Test
  void whatTheConfigurationLeavesOutNeedNotBeThere() {
    Coverage nothing = new Coverage(false, false, false, false);
    Findings none = new Findings(Map.of(), List.of(), List.of());
    Summary.Alerts noAlerts = new Summary.Alerts(Set.of(), Set.of(), 0);
    Duration nineMinutes = Duration.ofMinutes(9);
    assertThat(
            summary(LONG_AFTER, nineMinutes, 97, COUNTED, ROWS, noAlerts, nothing, none, NONE)
                .stackWorked())
        .isTrue();
    Coverage withoutDeduplication = new Coverage(false, true, true, true);
    assertThat(
            summary(
                    LONG_AFTER,
                    nineMinutes,
                    97,
                    counted(97, 3, 0),
                    ROWS,
                    ALERTS,
                    withoutDeduplication,
                    none,
                    SOME)
                .stackWorked())
        .as("events sent twice are accepted twice")
        .isTrue();
  }

  @Test
  void noAlertIsNoFailureWhereNoRuleLooksForIncidents() {
    Summary.Alerts none = new Summary.Alerts(Set.of(), Set.of(), 0);
    assertThat(
            summary(LONG_AFTER, 97, ROWS, none, new Coverage(true, true, false, false))
                .stackWorked())
        .isTrue();
  }

  @Test
  void anIncidentThatLastsMayBeNoticedYet() {
    assertThat(summary(LIVE.plusSeconds(90), 97, ROWS, ALERTS, ALL).lines())
        .contains("  service silent       not noticed yet");
  }

  private static Summary summary(long accepted, Map<String, Long> rows, Summary.Alerts alerts) {
    return summary(LONG_AFTER, accepted, rows, alerts, ALL);
  }

  private static Summary summary(
      Instant liveUntil,
      long accepted,
      Map<String, Long> rows,
      Summary.Alerts alerts,
      Coverage coverage) {
    Incident noticed = Befallen.silentFrom(LIVE.plusSeconds(30));
    Incident unnoticed = Befallen.silentFrom(LIVE.plusSeconds(60));
    AlertMessage alert = alert(noticed, LIVE.plusMillis(4_500));
    return summary(
        liveUntil,
        accepted,
        rows,
        alerts,
        coverage,
        new Findings(
            Map.of(noticed, Optional.of(alert), unnoticed, Optional.empty()),
            List.of(),
            List.of()));
  }

  private static AlertMessage alert(Incident incident, Instant seenAt) {
    return new AlertMessage(
        "a",
        "service_silent",
        "critical",
        true,
        "service=billing",
        incident.startedAt(),
        incident.startedAt(),
        null,
        "Silence.",
        Optional.empty(),
        seenAt);
  }

  private static Summary summary(
      Instant liveUntil,
      long accepted,
      Map<String, Long> rows,
      Summary.Alerts alerts,
      Coverage coverage,
      Findings findings) {
    return summary(
        liveUntil,
        Duration.ofMinutes(3),
        accepted,
        COUNTED,
        rows,
        alerts,
        coverage,
        findings,
        SOME);
  }

  /** Of 100 events, 9 of which were sent for the second time. */
  private static Summary.Counted counted(long accepted, long rejected, long duplicate) {
    return new Summary.Counted(
        LIVE,
        new SentByMinute.Total(100, 9),
        new RecordCounts(
            Map.of(
                "read", accepted + rejected + duplicate,
                "accepted", accepted,
                "rejected", rejected,
                "duplicate", duplicate)));
  }

  private static Summary counting(Summary.Counted counted) {
    Findings none = new Findings(Map.of(), List.of(), List.of());
    return summary(LONG_AFTER, Duration.ofMinutes(3), 97, counted, ROWS, ALERTS, ALL, none, SOME);
  }

  private static Summary live(Duration lived, long firedLive, Latency row, Coverage coverage) {
    Summary.Alerts alerts = new Summary.Alerts(Set.of("a"), Set.of("a"), firedLive);
    Findings findings = new Findings(Map.of(), List.of(), List.of());
    return summary(LONG_AFTER, lived, 97, COUNTED, ROWS, alerts, coverage, findings, row);
  }

  private static Summary summary(
      Instant liveUntil,
      Duration lived,
      long accepted,
      Summary.Counted counted,
      Map<String, Long> rows,
      Summary.Alerts alerts,
      Coverage coverage,
      Findings findings,
      Latency row) {
    UnaryOperator<Instant> tenTimesAsFast =
        time -> LIVE.plus(Duration.between(LIVE, time).dividedBy(10));
    return new Summary(
        LIVE,
        liveUntil,
        lived,
        tenTimesAsFast,
        findings,
        110,
        10,
        accepted,
        counted,
        rows,
        alerts,
        coverage,
        NONE,
        row);
  }
}
