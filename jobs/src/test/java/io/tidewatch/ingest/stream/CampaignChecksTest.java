package io.tidewatch.ingest.stream;

import static io.tidewatch.ingest.stream.Events.event;
import static io.tidewatch.ingest.stream.Events.spend;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.QualityFlag;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CampaignChecksTest {

  @AutoClose private KeyedOneInputStreamOperatorTestHarness<String, Event, Event> harness;

  @BeforeEach
  void open() throws Exception {
    harness = unopened();
    harness.open();
  }

  @Test
  void flagsADaysSpendBeyondOneAndATenthOfTheBudgetOnce() throws Exception {
    send(budget("2026-02-28T00:00:00Z", "100"));
    send(spend("2026-03-01T10:00:00Z", "60"));
    send(spend("2026-03-01T11:00:00Z", "50.00"));
    assertThat(flags()).isEmpty(); // 110 = 1.1 × 100
    send(spend("2026-03-01T12:00:00Z", "0.0001"));
    send(spend("2026-03-01T13:00:00Z", "99"));
    assertThat(flags()).extracting(QualityFlag::check).containsExactly("SPEND_OVER_BUDGET");
    assertThat(flags().get(0).message()).contains("110.0001");

    // 00:30 of the next day in Berlin
    send(spend("2026-03-01T23:30:00Z", "110.01"));
    assertThat(flags()).hasSize(2);
    assertThat(harness.extractOutputValues()).hasSize(6);
  }

  @Test
  void comparesNothingWithoutABudgetAndEverythingOnceThereIsOne() throws Exception {
    send(spend("2026-03-01T10:00:00Z", "500"));
    assertThat(flags()).isEmpty();
    send(budget("2026-03-01T11:00:00Z", "100"));
    send(spend("2026-03-01T12:00:00Z", "1"));
    assertThat(flags()).hasSize(1);
  }

  @Test
  void theBudgetOfTheLatestTimeHolds() throws Exception {
    send(budget("2026-03-01T11:00:00Z", "100"));
    send(budget("2026-03-01T10:00:00Z", "1"));
    send(spend("2026-03-01T12:00:00Z", "50"));
    assertThat(flags()).isEmpty();
  }

  @Test
  void flagsEventsBeforeTheStart() throws Exception {
    send(
        event(
            "campaign.budget",
            "2026-02-01T00:00:00Z",
            "campaign",
            "spring",
            "daily_budget",
            "10",
            "start",
            "2026-03-01"));
    send(event("ad.click", "2026-02-28T22:59:59.999Z", "campaign", "spring"));
    send(event("ad.click", "2026-02-28T23:00:00Z", "campaign", "spring"));
    assertThat(flags()).extracting(QualityFlag::check).containsExactly("CAMPAIGN_NOT_STARTED");
  }

  @Test
  void forgetsASilentCampaign() throws Exception {
    send(budget("2026-02-28T00:00:00Z", "100"));
    harness.setStateTtlProcessingTime(Duration.ofDays(40).toMillis() + 1);
    send(spend("2026-03-01T10:00:00Z", "500"));
    assertThat(flags()).isEmpty();
  }

  @Test
  void remembersAcrossARestoreOnRocksDb() throws Exception {
    OperatorSubtaskState snapshot;
    try (var first = unopened()) {
      first.setStateBackend(new EmbeddedRocksDBStateBackend());
      first.open();
      first.processElement(budget("2026-02-28T00:00:00Z", "100"), 0);
      first.processElement(spend("2026-03-01T10:00:00Z", "100"), 0);
      snapshot = first.snapshot(1, 1);
    }
    try (var restored = unopened()) {
      restored.setStateBackend(new EmbeddedRocksDBStateBackend());
      restored.initializeState(snapshot);
      restored.open();
      restored.processElement(spend("2026-03-01T11:00:00Z", "10.01"), 0);
      assertThat(restored.getSideOutput(CampaignChecks.FLAGS)).hasSize(1);
    }
  }

  private static Event budget(String time, String daily) {
    return event("campaign.budget", time, "campaign", "spring", "daily_budget", daily);
  }

  private void send(Event event) throws Exception {
    harness.processElement(event, event.time().toEpochMilli());
  }

  private List<QualityFlag> flags() {
    List<QualityFlag> flags = new ArrayList<>();
    var output = harness.getSideOutput(CampaignChecks.FLAGS);
    if (output != null) {
      output.forEach(record -> flags.add(record.getValue()));
    }
    return flags;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Event, Event> unopened()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(
            new CampaignChecks(Duration.ofDays(40), ZoneId.of("Europe/Berlin"))),
        event -> event.get("campaign"),
        Types.STRING);
  }
}
