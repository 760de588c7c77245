package io.tidewatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.local.company.Befallen;
import io.tidewatch.local.company.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingsTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant NOW = START.plus(Duration.ofDays(2));
  private static final Incident SILENT = Befallen.silentFrom(START);

  @Test
  void theFirstAlertOfARuleAndSeriesThatItShouldShowInHasNoticedIt() {
    AlertMessage first = firing("a", "service_silent", "service=billing", Duration.ofMinutes(2));
    AlertMessage second = firing("b", "service_silent", "service=billing", Duration.ofMinutes(3));
    Findings findings = Findings.of(List.of(SILENT), List.of(second, first), NOW);
    assertThat(findings.catches()).containsExactly(Map.entry(SILENT, Optional.of(first)));
    assertThat(findings.caught()).isEqualTo(1);
    assertThat(findings.unmatched()).isEmpty();
  }

  @Test
  void anAlertOfAnotherRuleSeriesOrTimeMatchesNoIncident() {
    Findings findings =
        Findings.of(
            List.of(SILENT),
            List.of(
                firing("a", "critical_error", "service=billing", Duration.ofMinutes(2)),
                firing("b", "service_silent", "service=accounts", Duration.ofMinutes(2)),
                firing("c", "service_silent", "service=billing", Duration.ofHours(3))),
            NOW);
    assertThat(findings.caught()).isZero();
    assertThat(findings.unmatched())
        .containsExactly(Map.entry("critical_error", 1), Map.entry("service_silent", 2));
  }

  @Test
  void anAlertThatEndedLongBeforeIsNoneOfIt() {
    AlertMessage before = firing("a", "service_silent", "service=billing", Duration.ofHours(-9));
    AlertMessage ended = ended(before, START.minus(Duration.ofHours(8)));
    Findings findings = Findings.of(List.of(SILENT), List.of(before, ended), NOW);
    assertThat(findings.caught()).isZero();
    assertThat(findings.unmatched()).containsExactly(Map.entry("service_silent", 1));
  }

  @Test
  void theTotalShowsItToo() {
    AlertMessage total = firing("a", "service_silent", "", Duration.ofMinutes(2));
    assertThat(Findings.of(List.of(SILENT), List.of(total), NOW).caught()).isEqualTo(1);
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
