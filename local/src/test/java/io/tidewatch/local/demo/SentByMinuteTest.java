package io.tidewatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SentByMinuteTest {

  @Test
  void addsUpTheMinutesThatAreOver() {
    SentByMinute sent = new SentByMinute();
    sent.add(Instant.parse("2026-03-01T12:00:00Z"), false);
    sent.add(Instant.parse("2026-03-01T12:01:59.999Z"), true);
    sent.add(Instant.parse("2026-03-01T12:02:00Z"), true);
    assertThat(sent.before(Instant.parse("2026-03-01T12:02:00Z")))
        .isEqualTo(new SentByMinute.Total(2, 1));
    assertThat(sent.before(Instant.parse("2026-03-01T12:00:00Z")))
        .isEqualTo(new SentByMinute.Total(0, 0));
  }
}
