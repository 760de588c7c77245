package io.tidewatch.local.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Figures;
import io.tidewatch.alert.Resolution;
import io.tidewatch.alert.Severity;
import io.tidewatch.local.UserException;
import io.tidewatch.metrics.EventSelector;
import io.tidewatch.rules.EventRule;
import io.tidewatch.rules.Firing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacktestReportTest {

  private static final Instant FROM = Instant.parse("2026-03-02T00:00:00Z");
  private static final Instant TO = FROM.plus(Duration.ofDays(14));
  private static final AlertProfile PROFILE =
      new AlertProfile("unpaid", "", Severity.LOW, List.of(), List.of(), "");
  private static final EventRule RULE =
      new EventRule(
          PROFILE, new EventSelector(List.of("payment.failed")), List.of(), List.of(), null);

  @Test
  void saysWhenHowLongAndHowOften() {
    Curve curve = new Curve(FROM, TO);
    curve.add(FROM, 0);
    curve.add(FROM.plus(Duration.ofDays(7)), 10);
    curve.add(FROM.plus(Duration.ofDays(7)), 5);
    curve.add(TO.minusMillis(1), 5);
    Alert fired = firing(FROM.plus(Duration.ofDays(7)));
    Alert unsolved = firing(TO.minus(Duration.ofMinutes(5)));
    Instant end = FROM.plus(Duration.ofDays(7)).plus(Duration.ofHours(3));
    List<Firing> firings =
        Firing.of(
            List.of(fired, fired.resolved(Resolution.RECOVERED, end, end, "Over."), unsolved));
    List<String> lines =
        new BacktestReport(RULE, FROM, TO, ZoneOffset.UTC)
            .lines(new Backtest.Outcome(3, firings, 2, 1, curve), false);
    assertThat(lines)
        .containsExactly(
            "unpaid: payment.failed",
            "",
            "  ." + " ".repeat(35) + "@" + " ".repeat(34) + "+",
            "  " + " ".repeat(36) + "!" + " ".repeat(34) + "!",
            "  2026-03-02 00:00" + " ".repeat(40) + "2026-03-16 00:00",
            "  from 0 to 10; ! where it fires",
            "",
            "2026-03-09 00:00:00  fired",
            "    It failed.",
            "    recovered 2026-03-09 03:00:00, after 3h0m",
            "2026-03-15 23:55:00  fired",
            "    It failed.",
            "    still firing, after 5m",
            "not told: 2 that ended while muted, 1 beyond max_alerts",
            "fired=2 per_week=1.0 firing_for=3h5m longest=3h0m judged=3");
    assertThat(lines).allMatch(line -> line.length() <= 80);
  }

  @Test
  void readsDaysLocalTimesAndTimesWithAnOffset() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    assertThat(Moment.parse("2026-03-02", berlin)).isEqualTo("2026-03-01T23:00:00Z");
    assertThat(Moment.parse("2026-03-02 10:00", berlin)).isEqualTo("2026-03-02T09:00:00Z");
    assertThat(Moment.parse("2026-03-02T10:00:00Z", berlin)).isEqualTo("2026-03-02T10:00:00Z");
    assertThatThrownBy(() -> Moment.parse("yesterday", berlin))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not 'yesterday'");
  }

  private static Alert firing(Instant time) {
    return Alert.firing(PROFILE, "", null, time, time, time, Figures.NONE, "It failed.", List.of());
  }
}
