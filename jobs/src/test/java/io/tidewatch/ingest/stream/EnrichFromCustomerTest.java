package io.tidewatch.ingest.stream;

import static io.tidewatch.ingest.stream.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.QualityFlag;
import java.time.Duration;
import java.time.Instant;
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

class EnrichFromCustomerTest {

  private static final Duration NINETY_DAYS = Duration.ofDays(90);

  @AutoClose private KeyedOneInputStreamOperatorTestHarness<String, Event, Event> harness;

  @BeforeEach
  void open() throws Exception {
    harness = unopened();
    harness.open();
  }

  @Test
  void fillsWhatWasTrueAtTheEventsTime() throws Exception {
    send(event("customer.created", "2026-03-01T10:00:00Z", "tier", "smb", "country", "DE"));
    send(event("subscription.started", "2026-03-01T11:00:00Z", "plan", "basic"));
    send(event("subscription.changed", "2026-03-01T13:00:00Z", "plan", "pro"));

    assertThat(enriched("2026-03-01T09:59:59.999Z").properties()).isEmpty();
    assertThat(enriched("2026-03-01T10:00:00Z").properties()).containsOnlyKeys("tier", "country");
    assertThat(enriched("2026-03-01T12:59:59.999Z").get("plan")).isEqualTo("basic");
    assertThat(enriched("2026-03-01T13:00:00Z").get("plan")).isEqualTo("pro");
    assertThat(enriched("2026-03-01T14:00:00Z").get("tier")).isEqualTo("smb");
  }

  @Test
  void profilesReadOutOfOrderStandInOrderOfTime() throws Exception {
    send(event("subscription.changed", "2026-03-01T13:00:00Z", "plan", "pro"));
    send(event("subscription.started", "2026-03-01T11:00:00Z", "plan", "basic"));
    assertThat(enriched("2026-03-01T12:00:00Z").get("plan")).isEqualTo("basic");
    assertThat(enriched("2026-03-01T15:00:00Z").get("plan")).isEqualTo("pro");
  }

  @Test
  void whatAnEventSaysItselfStands() throws Exception {
    send(event("customer.created", "2026-03-01T10:00:00Z", "country", "DE"));
    Event told = event("payment.failed", "2026-03-01T11:00:00Z", "country", "FR");
    assertThat(send(told)).isEqualTo(told);
  }

  @Test
  void manyProfilesAreBoundedAndLoseNoValue() throws Exception {
    send(event("customer.created", "2026-03-01T00:00:00Z", "country", "DE"));
    for (int i = 0; i < 100; i++) {
      Instant time = Instant.parse("2026-03-01T10:00:00Z").plusSeconds(i);
      send(event("subscription.changed", time.toString(), "plan", "p" + i));
    }
    Event event = enriched("2026-03-02T00:00:00Z");
    assertThat(event.get("plan")).isEqualTo("p99");
    assertThat(event.get("country")).isEqualTo("DE");
    assertThat(enriched("2026-03-01T10:01:10Z").get("plan")).isEqualTo("p70");
  }

  @Test
  void flagsAnUnknownCustomerOncePerLocalDayAndCountsEachReference() throws Exception {
    // the day begins at 23:00 UTC in Berlin
    enriched("2026-03-01T22:58:00Z");
    enriched("2026-03-01T22:59:59Z");
    enriched("2026-03-01T23:00:00Z");
    send(event("customer.created", "2026-03-02T10:00:00Z"));
    enriched("2026-03-03T10:00:00Z");

    assertThat(flags())
        .extracting(QualityFlag::check, QualityFlag::time)
        .containsExactly(
            tuple("CUSTOMER_UNKNOWN", Instant.parse("2026-03-01T22:58:00Z")),
            tuple("CUSTOMER_UNKNOWN", Instant.parse("2026-03-01T23:00:00Z")));
    assertThat(harness.getSideOutput(EnrichFromCustomer.REFERENCES))
        .extracting(record -> record.getValue().resolved())
        .containsExactly(false, false, false, true);
  }

  @Test
  void anActiveCustomerStaysAndASilentOneIsForgotten() throws Exception {
    send(event("customer.created", "2026-03-01T10:00:00Z", "country", "DE"));
    for (int day = 60; day <= 240; day += 60) {
      passTo(Duration.ofDays(day));
      assertThat(enriched("2026-03-01T11:00:00Z").get("country")).isEqualTo("DE");
    }
    passTo(Duration.ofDays(240).plus(NINETY_DAYS).plusDays(1).plusMillis(1));
    assertThat(enriched("2026-03-01T11:00:00Z").get("country")).isNull();
  }

  @Test
  void remembersAcrossARestoreOnRocksDb() throws Exception {
    OperatorSubtaskState snapshot;
    try (var first = unopened()) {
      first.setStateBackend(new EmbeddedRocksDBStateBackend());
      first.open();
      first.processElement(event("customer.created", "2026-03-01T10:00:00Z", "tier", "smb"), 0);
      snapshot = first.snapshot(1, 1);
    }
    try (var restored = unopened()) {
      restored.setStateBackend(new EmbeddedRocksDBStateBackend());
      restored.initializeState(snapshot);
      restored.open();
      restored.processElement(event("api.request", "2026-03-01T11:00:00Z"), 0);
      assertThat(restored.extractOutputValues().get(0).get("tier")).isEqualTo("smb");
    }
  }

  private void passTo(Duration time) throws Exception {
    harness.setProcessingTime(time.toMillis());
    harness.setStateTtlProcessingTime(time.toMillis());
  }

  private Event enriched(String time) throws Exception {
    return send(event("api.request", time));
  }

  private Event send(Event event) throws Exception {
    harness.processElement(event, event.time().toEpochMilli());
    List<Event> output = harness.extractOutputValues();
    return output.get(output.size() - 1);
  }

  private List<QualityFlag> flags() {
    List<QualityFlag> flags = new ArrayList<>();
    harness.getSideOutput(EnrichFromCustomer.FLAGS).forEach(record -> flags.add(record.getValue()));
    return flags;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Event, Event> unopened()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new EnrichFromCustomer(NINETY_DAYS, ZoneId.of("Europe/Berlin"))),
        Event::customerId,
        Types.STRING);
  }
}
