package io.tidewatch.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Duration RESEND = Duration.ofMinutes(1);

  private final Outbox outbox = new Outbox(RESEND);

  @Test
  void repeatsAnAlertWhileItFires() {
    outbox.put(firing("a"));
    assertThat(tell(NOON)).containsExactly("a firing");
    assertThat(tell(NOON.plusSeconds(59))).isEmpty();
    assertThat(tell(NOON.plusSeconds(60))).containsExactly("a firing");
    assertThat(outbox.nextDue()).contains(NOON.plusSeconds(120));
  }

  @Test
  void keepsWhatIsNotAccepted() {
    outbox.put(firing("a"));
    assertThat(outbox.due(NOON, 10)).hasSize(1);
    assertThat(outbox.waiting()).isEqualTo(1);
    assertThat(tell(NOON.plus(Duration.ofDays(1)))).containsExactly("a firing");
    assertThat(outbox.waiting()).isZero();
  }

  @Test
  void repeatsTheEndForAWhileAndThenForgetsTheAlert() {
    outbox.put(firing("a"));
    tell(NOON);
    outbox.put(resolved("a"));
    assertThat(tell(NOON.plusSeconds(1))).containsExactly("a resolved");
    int repeats = 0;
    for (int minute = 1; minute < 60; minute++) {
      repeats += tell(NOON.plusSeconds(1).plus(Duration.ofMinutes(minute))).size();
    }
    assertThat(repeats).isEqualTo(15);
    assertThat(outbox.contents()).isEmpty();
    assertThat(outbox.nextDue()).isEmpty();
  }

  @Test
  void tellsTheEndOfAnAlertOnceWhereNobodyHeardThatItFired() {
    outbox.put(firing("a"));
    outbox.put(resolved("a"));
    assertThat(tell(NOON)).containsExactly("a resolved");
    assertThat(outbox.contents()).isEmpty();
  }

  @Test
  void tellsTheEndThatCameWhileTheAlertWasOnItsWay() {
    outbox.put(firing("a"));
    List<PostableAlert> onTheWay = outbox.due(NOON, 10);
    outbox.put(resolved("a"));
    outbox.accepted(onTheWay, NOON);
    assertThat(tell(NOON)).containsExactly("a resolved");
    assertThat(outbox.contents()).as("it was heard of, so its end is repeated").hasSize(1);
  }

  @Test
  void takesARepeatForNoNews() {
    outbox.put(firing("a"));
    outbox.put(resolved("a"));
    outbox.put(firing("a"));
    assertThat(tell(NOON)).containsExactly("a resolved");
  }

  @Test
  void keepsTheLabelsThatAnAlertWasBornWith() {
    outbox.put(firing("a"));
    outbox.put(alert("a", 2, NOON, "low"));
    assertThat(outbox.due(NOON, 10).get(0).labels()).containsEntry("severity", "high");
  }

  @Test
  void handsOutNoMoreThanABatch() {
    List.of("a", "b", "c").forEach(id -> outbox.put(firing(id)));
    assertThat(outbox.due(NOON, 2)).hasSize(2);
    outbox.refused(firing("a"));
    assertThat(outbox.due(NOON, 10)).hasSize(2);
  }

  @Test
  void comesBackFromACheckpointAndTellsAllAtOnce() throws IOException {
    outbox.put(firing("a"));
    outbox.put(firing("b"));
    tell(NOON);
    outbox.put(resolved("b"));
    tell(NOON.plusSeconds(1));
    List<HeldAlert> kept = new ArrayList<>();
    for (HeldAlert held : outbox.contents()) {
      kept.add(AlertmanagerJson.read(AlertmanagerJson.state(held)));
    }
    Outbox restored = new Outbox(RESEND);
    restored.restore(kept);
    assertThat(restored.due(NOON, 10)).isEqualTo(List.of(firing("a"), resolved("b")));
    restored.accepted(restored.due(NOON, 10), NOON.plus(Duration.ofMinutes(16)));
    assertThat(restored.contents()).extracting(held -> held.alert().id()).containsExactly("a");
  }

  /** What is told, and accepted, at this time. */
  private List<String> tell(Instant now) {
    List<PostableAlert> due = outbox.due(now, 10);
    outbox.accepted(due, now);
    return due.stream()
        .map(alert -> alert.id() + (alert.isFiring() ? " firing" : " resolved"))
        .toList();
  }

  private static PostableAlert firing(String id) {
    return alert(id, 1, null, "high");
  }

  private static PostableAlert resolved(String id) {
    return alert(id, 2, NOON, "high");
  }

  private static PostableAlert alert(String id, long version, Instant end, String severity) {
    return new PostableAlert(
        Map.of("alert_id", id, "alertname", "watched", "severity", severity),
        Map.of("summary", "It is so."),
        NOON.minusSeconds(60),
        end,
        "",
        version);
  }
}
