package io.tidewatch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Figures;
import io.tidewatch.alert.Resolution;
import io.tidewatch.alert.Severity;
import io.tidewatch.config.Problems;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A rule that is muted at night. */
class HeardFiringsTest {

  private static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");
  private static final Instant UNTIL = DAY.plus(Duration.ofDays(2));

  @Test
  void isHeardOfWhenTheMuteEndsOrNeverIfItIsOverBefore() {
    HeardFirings told =
        heard(
            10,
            firing("over", 1, 5),
            firing("early", 4, 9),
            firing("late", 12, 23),
            firing("to-the-minute", 2, 6));
    assertThat(told.heard())
        .extracting(firing -> firing.fired().series() + ' ' + firing.firedAt())
        .containsExactly(
            "early 2026-03-02T06:00:00Z",
            "to-the-minute 2026-03-02T06:00:00Z",
            "late 2026-03-02T12:00:00Z");
    assertThat(told.muted()).isEqualTo(1);
    assertThat(told.capped()).isZero();
  }

  @Test
  void onlySoManyAreToldAtOnce() {
    HeardFirings told =
        heard(2, firing("a", 8, 10), firing("b", 8, null), firing("c", 9, 20), firing("d", 10, 11));
    assertThat(told.heard())
        .extracting(firing -> firing.fired().series())
        .containsExactly("a", "b", "d");
    assertThat(told.capped()).isEqualTo(1);
    assertThat(told.muted()).isZero();
  }

  private static HeardFirings heard(int mostFiring, Firing... firings) {
    Problems problems = new Problems();
    AlertProfile muted =
        TestRules.load(
                TestRules.yaml(
                    "event: {type: payment.failed}",
                    "mute: {from: \"22:00\", to: \"06:00\"}",
                    "max_alerts: " + mostFiring),
                problems)
            .rules()
            .get(0)
            .profile();
    problems.throwIfAny();
    return HeardFirings.of(
        List.of(firings).stream()
            .map(firing -> new Firing(firing.fired().withProfile(muted), firing.resolved()))
            .toList(),
        UNTIL,
        ZoneOffset.UTC);
  }

  private static Firing firing(String series, int hour, Integer end) {
    Instant time = DAY.plus(Duration.ofHours(hour));
    Alert fired =
        Alert.firing(
            new AlertProfile("watched", "", Severity.LOW, List.of(), List.of(), ""),
            series,
            null,
            time,
            time,
            time,
            Figures.NONE,
            "Trouble.",
            List.of());
    return new Firing(
        fired,
        Optional.ofNullable(end)
            .map(hours -> DAY.plus(Duration.ofHours(hours)))
            .map(over -> fired.resolved(Resolution.RECOVERED, over, over, "Over.")));
  }
}
