package io.tidewatch.pattern.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.AlertStatus;
import io.tidewatch.alert.Figures;
import io.tidewatch.alert.Resolution;
import io.tidewatch.alert.Severity;
import io.tidewatch.pattern.AlertEnding;
import io.tidewatch.pattern.Lifetime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class FollowAlertsTest {

  private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");
  private static final Map<String, Lifetime> RULES = Map.of("watched", Lifetime.UNLIMITED);

  @Test
  void endingsCountInTheOrderOfTimeAlthoughTheyAreSeenFirst() throws Exception {
    try (Harness harness = follow(RULES, null)) {
      harness.processElement2(ending(3), 0);
      harness.processElement2(ending(8), 0);
      harness.processElement1(match(1, 5), 0);
      harness.processElement1(match(6, 7), 0);
      advance(harness, 10);
      assertThat(harness.extractOutputValues())
          .extracting(Alert::status, Alert::startedAt, Alert::updatedAt)
          .containsExactly(
              tuple(AlertStatus.FIRING, minute(1), minute(5)),
              tuple(AlertStatus.RESOLVED, minute(1), minute(8)));
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void anAlertWhoseRuleIsGoneEndsWithinHours() throws Exception {
    OperatorSubtaskState checkpoint;
    try (Harness harness = follow(RULES, null)) {
      harness.processElement1(match(1, 5), 0);
      advance(harness, 10);
      checkpoint = harness.snapshot(1, 1);
    }
    try (Harness harness = follow(Map.of("another", Lifetime.UNLIMITED), checkpoint)) {
      advance(harness, 10 + (int) FollowAlerts.RULES_LOOKED_AFTER_EVERY.toMinutes());
      assertThat(harness.extractOutputValues())
          .singleElement()
          .satisfies(
              alert -> {
                assertThat(alert.resolution()).isEqualTo(Resolution.RULE_REMOVED);
                assertThat(alert.version()).isEqualTo(2);
              });
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void anAlertWhoseRuleIsThereGoesOn() throws Exception {
    try (Harness harness = follow(RULES, null)) {
      harness.processElement1(match(1, 5), 0);
      advance(harness, (int) Duration.ofDays(3).toMinutes());
      assertThat(harness.extractOutputValues())
          .extracting(Alert::status)
          .containsExactly(AlertStatus.FIRING);
    }
  }

  @Test
  void anAlertThatNothingEndsEndsAfterItsLongestLife() throws Exception {
    try (Harness harness =
        new Harness(new FollowAlerts(Map.of("watched", Lifetime.atMost(Duration.ofDays(1)))))) {
      harness.open();
      harness.processElement1(match(1, 5), 0);
      harness.processElement2(ending(10), 0);
      harness.processElement1(match(11, 15), 0);
      advance(harness, 15 + (int) Duration.ofDays(1).toMinutes() - 1);
      assertThat(harness.extractOutputValues())
          .extracting(Alert::status)
          .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED, AlertStatus.FIRING);
      advance(harness, 15 + (int) Duration.ofDays(1).toMinutes());
      Alert last = harness.extractOutputValues().get(3);
      assertThat(last.resolution()).isEqualTo(Resolution.NO_DATA);
      assertThat(last.startedAt()).isEqualTo(minute(11));
      assertThat(last.summary())
          .isEqualTo("no_data: nothing has said for 1 days that it is over. It spiked.");
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void anAlertOfSomethingThatHappensAgainEndsWhenItHasNotForSomeTime() throws Exception {
    Map<String, Lifetime> rules = Map.of("watched", Lifetime.untilQuietFor(Duration.ofMinutes(30)));
    try (Harness harness = new Harness(new FollowAlerts(rules))) {
      harness.open();
      harness.processElement1(match(1, 5), 0);
      harness.processElement1(match(20, 25), 0);
      advance(harness, 54);
      assertThat(harness.extractOutputValues()).hasSize(1);
      advance(harness, 55);
      Alert last = harness.extractOutputValues().get(1);
      assertThat(last.resolution()).isEqualTo(Resolution.RECOVERED);
      assertThat(last.startedAt()).isEqualTo(minute(1));
      assertThat(last.endedAt()).isEqualTo(minute(55));
      assertThat(last.summary()).isEqualTo("Over: not again for 30 min. It spiked.");
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  private static Alert match(int started, int fired) {
    AlertProfile profile =
        new AlertProfile("watched", "metric-spike", Severity.HIGH, List.of(), List.of(), "");
    return Alert.firing(
        profile,
        "",
        null,
        minute(started),
        minute(started),
        minute(fired),
        Figures.NONE,
        "It spiked.",
        List.of());
  }

  private static AlertEnding ending(int minute) {
    return new AlertEnding("watched", "", minute(minute), Resolution.RECOVERED, "Over.");
  }

  private static Instant minute(int minute) {
    return TEN.plus(Duration.ofMinutes(minute));
  }

  private static void advance(Harness harness, int minute) throws Exception {
    harness.processBothWatermarks(new Watermark(minute(minute).toEpochMilli()));
  }

  private static Harness follow(Map<String, Lifetime> rules, OperatorSubtaskState state)
      throws Exception {
    Harness harness = new Harness(new FollowAlerts(rules));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static final class Harness
      extends KeyedTwoInputStreamOperatorTestHarness<String, Alert, AlertEnding, Alert> {

    private Harness(FollowAlerts follow) throws Exception {
      super(
          new KeyedCoProcessOperator<>(follow),
          FollowAlerts::keyOf,
          FollowAlerts::keyOf,
          Types.STRING);
    }
  }
}
