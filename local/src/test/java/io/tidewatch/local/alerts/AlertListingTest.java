package io.tidewatch.local.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Severity;
import io.tidewatch.local.alerts.AlertEntry.Acknowledgement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertListingTest {

  private static final Instant NOW = Instant.parse("2026-03-02T10:16:00Z");

  @Test
  void whatPeopleAreCalledNeitherSteersTheTerminalNorMakesLinesTooWide() {
    AlertEntry alert =
        new AlertEntry(
            "3f2a9c1d",
            "payment_failure",
            Severity.MEDIUM,
            NOW.minusSeconds(720),
            Optional.empty(),
            "",
            "A payment of %s failed.".formatted("株式会社潮見 ".repeat(6)),
            "",
            Optional.empty(),
            Optional.of(new Acknowledgement("Ann\u001B[2J", NOW)));
    assertThat(new AlertListing(ZoneOffset.UTC, NOW).lines(List.of(alert)))
        .containsExactly(
            "MEDIUM    payment_failure                              since 2 Mar 10:04, 12 min",
            "  3f2a9c1d  A payment of " + "株式会社潮見 ".repeat(3) + "株式会社潮見",
            "            株式会社潮見 株式会社潮見 failed.",
            "            Ann\uFFFD[2J takes care of it since 2 Mar 10:16.");
  }
}
