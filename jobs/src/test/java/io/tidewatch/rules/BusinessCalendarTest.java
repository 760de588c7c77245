package io.tidewatch.rules;

import static io.tidewatch.pattern.window.Finding.ABOVE;
import static io.tidewatch.pattern.window.Finding.FALLEN;
import static io.tidewatch.pattern.window.Finding.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.config.Problems;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.pattern.window.Finding;
import io.tidewatch.pattern.window.SeriesPast;
import io.tidewatch.pattern.window.SeriesWindow;
import io.tidewatch.pattern.window.WindowJudge;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessCalendarTest {

  private static final String CALENDAR =
      """
      holidays:
        - {date: 2026-03-02, name: Founders' Day}
        - {from: 2026-12-24, to: 2027-01-01, name: Between the years}
      mute:
        nights: {from: "22:00", to: "06:00"}
        weekend: {days: [sat, sun]}
        saturday_evening: {days: [sat], from: "20:00", to: "02:00"}
      """;

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "nights, 2026-03-03T21:59:59Z, -",
        "nights, 2026-03-03T22:00:00Z, 2026-03-04T06:00:00Z",
        "nights, 2026-03-04T05:59:59Z, 2026-03-04T06:00:00Z",
        "nights, 2026-03-04T06:00:00Z, -",
        // 6 March is a Friday
        "weekend, 2026-03-06T23:59:59Z, -",
        "weekend, 2026-03-07T00:00:00Z, 2026-03-08T00:00:00Z",
        "weekend, 2026-03-08T23:00:00Z, 2026-03-09T00:00:00Z",
        "saturday_evening, 2026-03-08T01:00:00Z, 2026-03-08T02:00:00Z",
        "saturday_evening, 2026-03-09T01:00:00Z, -",
        "holidays, 2026-03-02T12:00:00Z, 2026-03-03T00:00:00Z",
        "holidays, 2026-12-23T12:00:00Z, -",
        "holidays, 2027-01-01T12:00:00Z, 2027-01-02T00:00:00Z",
        "holidays, 2027-01-02T12:00:00Z, -",
      })
  void mutesByName(String name, Instant time, Instant until) {
    assertThat(profile("mute: [" + name + "]").mutedUntil(time, ZoneOffset.UTC))
        .isEqualTo(Optional.ofNullable(until));
  }

  @Test
  void mutesGoByLocalTimeAcrossTheChangeOfClocks() {
    AlertProfile profile = profile("mute: {from: \"22:00\", to: \"06:00\"}");
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    // the night of 29 March has an hour less: 22:00 is 21:00 UTC, and 06:00 is 04:00 UTC
    assertThat(profile.mutedUntil(Instant.parse("2026-03-28T20:59:00Z"), berlin)).isEmpty();
    assertThat(profile.mutedUntil(Instant.parse("2026-03-28T21:00:00Z"), berlin))
        .contains(Instant.parse("2026-03-29T04:00:00Z"));
  }

  @Test
  void holidaysAreNotJudged() {
    assertThat(judgement("2026-03-02T10:00:00Z", 1, Map.of()).verdict())
        .isEqualTo(Judgement.Verdict.UNKNOWN);
  }

  @Test
  void holidaysAreNotWhatIsUsual() {
    Map<Instant, Double> past = new HashMap<>();
    for (int day = 1; day <= 6; day++) {
      past.put(Instant.parse("2026-03-07T11:00:00Z").minus(Duration.ofDays(day)), 100.0);
    }
    // 2 March was a holiday, and its 10:00 hour a tenth
    past.put(Instant.parse("2026-03-02T11:00:00Z"), 10.0);
    Judgement judgement = judgement("2026-03-07T10:00:00Z", 60, past);
    assertThat(judgement.figures().baseline()).isEqualTo(100);
    assertThat(judgement.isBreach()).isTrue();
    past.keySet().removeIf(end -> !end.equals(Instant.parse("2026-03-02T11:00:00Z")));
    assertThat(judgement("2026-03-07T10:00:00Z", 60, past).verdict())
        .isEqualTo(Judgement.Verdict.UNKNOWN);
  }

  @Test
  void namesEveryMistakeOfBothFiles() {
    Problems problems = new Problems();
    TestRules.load(
        """
        - name: misspelt
          metric: api_requests
          window: 1h
          condition: {above: 5}
          severity: low
          mute: [night]
        - name: half
          metric: api_requests
          window: 1h
          condition: {absent: 5h}
          severity: low
          holidays: skip
          mute: {days: [sat, sundy], from: "22:00"}
          max_alerts: 0
        - name: unknown_word
          metric: api_requests
          window: 1h
          condition: {above: 5}
          severity: low
          holidays: skp
          max_alert: 5
        """,
        """
        holidays:
          - {date: 2026-13-02, name: Nowhen}
          - {date: 2026-03-02, to: 2026-03-03, name: Both}
          - {from: 2026-03-03, to: 2026-03-02, name: Backwards}
          - {date: 2026-03-02}
        mute:
          nights: {from: "22", to: "06:00"}
          nothing: {}
        mutes: {}
        """,
        problems);
    assertThat(problems.list())
        .extracting(problem -> problem.line() + " " + problem.message())
        .containsExactlyInAnyOrder(
            "2 expected a date such as 2026-12-25, not '2026-13-02'",
            "3 expected either 'date', or 'from' and 'to'",
            "4 it ends before it begins",
            "5 'name' is missing",
            "7 expected a time of the day such as \"22:00\", not '22'",
            "8 expected 'days', or 'from' and 'to', or all of them",
            "9 unknown key 'mutes'; did you mean 'mute'?",
            "6 there is no 'night' under 'mute' of calendar.yaml; did you mean 'nights'?",
            "12 'holidays' does not go with 'absent'; mute the rule instead",
            "13 expected one of fri, mon, sat, sun, thu, tue, wed, not 'sundy'; did you mean 'sun'?",
            "13 'from' and 'to' go together",
            "14 expected a whole number from 1 to 10000, not '0'",
            "20 expected one of skip, not 'skp'; did you mean 'skip'?",
            "21 unknown key 'max_alert'; did you mean 'max_alerts'?");
  }

  @Test
  void patternsNeitherJudgeHolidaysNorCompareWithThem() {
    // 2 March 2026 is Founders' Day
    assertThat(finding("revenue-drop", "2026-03-02T00:00:00Z", 10, null, 100)).isEqualTo(UNKNOWN);
    assertThat(finding("revenue-drop", "2026-03-03T00:00:00Z", 10, 100.0)).isEqualTo(FALLEN);
    assertThat(finding("revenue-drop", "2026-03-09T00:00:00Z", 10, 100.0)).isEqualTo(UNKNOWN);
    assertThat(finding("revenue-drop", "2026-03-10T00:00:00Z", 10, 100.0)).isEqualTo(FALLEN);
    assertThat(finding("metric-spike", "2026-03-02T00:00:00Z", 500, null, 10)).isEqualTo(UNKNOWN);
    assertThat(finding("metric-spike", "2026-03-03T00:00:00Z", 500, null, 10)).isEqualTo(ABOVE);
  }

  @Test
  void theDayAfterAHolidayDoesNotFollowTheOneBeforeIt() {
    WindowJudge judge = judge("revenue-drop");
    double[] afterHoliday =
        judge
            .judge(
                day("2026-03-02T00:00:00Z", 10),
                new SeriesPast(new double[] {100}, 0, at("2026-03-02T00:00:00Z"), null))
            .values();
    assertThat(
            judge
                .judge(
                    day("2026-03-03T00:00:00Z", 50),
                    new SeriesPast(afterHoliday, 0, at("2026-03-03T00:00:00Z"), null))
                .finding())
        .isEqualTo(UNKNOWN);
  }

  /** Of the day that begins then, after others of these values. */
  private static Finding finding(
      String pattern, String start, double value, Double lastWeek, double... before) {
    return judge(pattern)
        .judge(day(start, value), new SeriesPast(before, 0, at(start), lastWeek))
        .finding();
  }

  private static WindowJudge judge(String pattern) {
    Problems problems = new Problems();
    WindowPatternRule rule =
        TestRules.load(
                TestRules.yaml(
                    "pattern: " + pattern,
                    "metric: api_requests",
                    "window: 1d",
                    pattern.equals("metric-spike")
                        ? "parameters: {minimum_history: 1}"
                        : "parameters: {minimum: 1}",
                    "holidays: skip"),
                CALENDAR,
                problems)
            .of(WindowPatternRule.class)
            .get(0);
    problems.throwIfAny();
    return rule.judge(ZoneOffset.UTC);
  }

  private static SeriesWindow day(String start, double value) {
    return new SeriesWindow("", null, at(start), at(start) + Duration.ofDays(1).toMillis(), value);
  }

  private static long at(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  private static AlertProfile profile(String mute) {
    Problems problems = new Problems();
    RuleCatalogue rules =
        TestRules.load(
            TestRules.yaml(
                "event: {type: payment.failed, by: [customer_id]}", mute, "max_alerts: 7"),
            CALENDAR,
            problems);
    problems.throwIfAny();
    AlertProfile profile = rules.rules().get(0).profile();
    assertThat(profile.mostFiring()).isEqualTo(7);
    return profile;
  }

  /** Of the hour that begins then, against its usual of three days and more. */
  private static Judgement judgement(String start, double value, Map<Instant, Double> past) {
    Problems problems = new Problems();
    MetricRule rule =
        TestRules.load(
                TestRules.yaml(
                    "metric: api_requests",
                    "window: 1h",
                    "condition: {baseline: {of: same_hour, days: 7, below_ratio: 0.7,"
                        + " minimum_history: 3}}",
                    "holidays: skip"),
                CALENDAR,
                problems)
            .of(MetricRule.class)
            .get(0);
    problems.throwIfAny();
    MetricWindow window = SeriesOfWindows.hours("api_requests").closed(Instant.parse(start), value);
    return rule.condition()
        .judge(window, end -> past.get(Instant.ofEpochMilli(end)), ZoneOffset.UTC);
  }
}
