package io.tidewatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.local.company.Befallen;
import io.tidewatch.local.company.CustomerTrouble;
import io.tidewatch.local.company.Incident;
import io.tidewatch.local.company.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingsTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Incident SILENT = Befallen.silentFrom(START);

  @Test
  void theFirstAlertOfARuleAndSeriesThatItShouldShowInHasNoticedIt() {
    AlertMessage first = firing("a", "service_silent", "service=billing", Duration.ofMinutes(2));
    AlertMessage second = firing("b", "service_silent", "service=billing", Duration.ofMinutes(3));
    Findings findings = found(second, first);
    assertThat(findings.catches()).containsExactly(Map.entry(SILENT, Optional.of(first)));
    assertThat(findings.caught()).isEqualTo(1);
    assertThat(findings.falseAlarms()).isEmpty();
  }

  @Test
  void anAlertOfAnotherRuleSeriesOrTimeMatchesNoIncident() {
    Findings findings =
        found(
            firing("a", "critical_error", "service=billing", Duration.ofMinutes(2)),
            firing("b", "service_silent", "service=accounts", Duration.ofMinutes(2)),
            firing("c", "service_silent", "service=billing", Duration.ofHours(3)));
    assertThat(findings.caught()).isZero();
    assertThat(Findings.byRule(findings.falseAlarms()))
        .isEqualTo("service_silent 2, critical_error 1");
  }

  @Test
  void anAlertThatFiredBeforeHasNoticedNothingThoughItStillFires() {
    AlertMessage before = firing("a", "service_silent", "service=billing", Duration.ofMinutes(-1));
    Findings findings = found(before, ended(before, START.plus(Duration.ofMinutes(5))));
    assertThat(findings.caught()).isZero();
    assertThat(findings.falseAlarms()).containsExactly(before);
  }

  @Test
  void oneThatStandsForSeriesBeyondTheCapIsOfItToo() {
    assertThat(
            found(firing("a", "service_silent", "series=~capped", Duration.ofMinutes(3)))
                .falseAlarms())
        .isEmpty();
  }

  @Test
  void aCustomersOwnTroubleIsNoFalseAlarm() {
    CustomerTrouble cold =
        new CustomerTrouble("c-1", Trouble.LOW_USAGE, START, START.plus(Duration.ofDays(3)));
    AlertMessage itsOwn = firing("a", "at_risk_transition", "customer_id=c-1", Duration.ofDays(2));
    AlertMessage another = firing("b", "at_risk_transition", "customer_id=c-2", Duration.ofDays(2));
    AlertMessage tooEarly = firing("c", "trial_going_cold", "customer_id=c-1", Duration.ofDays(-1));
    AlertMessage longAfter = firing("d", "churn_precursor", "customer_id=c-1", Duration.ofDays(11));
    AlertMessage ofMoney = firing("e", "payment_failure", "customer_id=c-1", Duration.ofDays(2));
    Findings findings =
        Findings.of(
            List.of(SILENT), List.of(cold), List.of(itsOwn, another, tooEarly, longAfter, ofMoney));
    assertThat(findings.ofTroubledCustomers()).containsExactly(itsOwn);
    assertThat(findings.falseAlarms()).containsExactly(another, tooEarly, longAfter, ofMoney);
  }

  @Test
  void theTotalShowsItToo() {
    AlertMessage total = firing("a", "service_silent", "", Duration.ofMinutes(2));
    assertThat(found(total).caught()).isEqualTo(1);
  }

  /** Two outages lie in five minutes in a row, neither of them by itself. */
  @Test
  void whatAnIncidentIsTooShortForHasNotNoticedItButMayBeOfItWithOthers() {
    Incident outage = Befallen.outageFrom(START, Duration.ofSeconds(100));
    AlertMessage slow = firing("a", "api_p95_slow", "", Duration.ofMinutes(5));
    Findings findings = Findings.of(List.of(outage), List.of(), List.of(slow));
    assertThat(findings.caught()).isZero();
    assertThat(findings.falseAlarms()).isEmpty();
  }

  private static Findings found(AlertMessage... alerts) {
    return Findings.of(List.of(SILENT), List.of(), List.of(alerts));
  }

  private static AlertMessage firing(String id, String rule, String series, Duration after) {
    Instant time = START.plus(after);
    return new AlertMessage(
        id, rule, "critical", true, series, time, time, null, "Silence.", Optional.empty(), time);
  }

  private static AlertMessage ended(AlertMessage alert, Instant end) {
    return new AlertMessage(
        alert.id(),
        alert.rule(),
        alert.severity(),
        false,
        alert.series(),
        alert.startedAt(),
        end,
        end,
        alert.summary(),
        Optional.empty(),
        end);
  }
}
