package io.tidewatch.revenue.stream;

import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.currency.Conversion;
import io.tidewatch.event.Event;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.metrics.TestEvents;
import io.tidewatch.revenue.MovementKind;
import io.tidewatch.revenue.MovementRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeepLedgerTest {

  @AutoClose private KeyedOneInputStreamOperatorTestHarness<String, Event, MovementRow> harness;

  @BeforeEach
  void open() throws Exception {
    harness = unopened();
    harness.open();
  }

  @Test
  void appliesEventsInTheirOrderAtTheWatermark() throws Exception {
    send(changed("e2", 2, "30"));
    send(started("e1", 1, "120", "year"));
    assertThat(rows()).isEmpty();
    eventTimeReaches(3);
    assertThat(rows())
        .extracting(
            row -> row.movement().eventId(),
            row -> row.movement().kind(),
            row -> row.movement().delta().toPlainString())
        // 120 ÷ 12
        .containsExactly(
            tuple("e1", MovementKind.NEW, "10.0000"),
            tuple("e2", MovementKind.EXPANSION, "20.0000"));
    assertThat(moved())
        .extracting(Event::type, Event::time, e -> e.get("kind"), e -> e.get("amount"))
        .containsExactly(
            tuple("mrr.moved", day(1), "new", "10.0000"),
            tuple("mrr.moved", day(2), "expansion", "20.0000"));
  }

  @Test
  void aLateEventCorrectsRowsAndBuriesOnesButTellsOnlyItsOwnMovement() throws Exception {
    send(started("e1", 1, "10", "month"));
    send(changed("e5", 5, "30"));
    eventTimeReaches(6);
    send(changed("e3", 3, "30"));
    assertThat(rows().subList(2, 4))
        .extracting(row -> row.movement().eventId(), MovementRow::tombstone, MovementRow::version)
        .containsExactly(tuple("e3", false, 3L), tuple("e5", true, 3L));
    assertThat(moved())
        .extracting(e -> e.get("kind"))
        .containsExactly("new", "expansion", "expansion");
  }

  /** What is told adds up to what the table holds, whatever the order of ids. */
  @Test
  void tellsChangesOfOneMomentInTheOrderOfALife() throws Exception {
    send(changed("a", 1, "20"));
    send(started("b", 1, "10", "month"));
    send(event("subscription.canceled").identity("billing", "0"), 1);
    eventTimeReaches(2);
    assertThat(moved())
        .extracting(e -> e.get("kind"), e -> e.get("delta"), e -> e.get("mrr"))
        .containsExactly(
            tuple("new", "10.0000", "10.0000"),
            tuple("expansion", "10.0000", "20.0000"),
            tuple("churn", "-20.0000", "0"));
    assertThat(rows())
        .extracting(row -> row.movement().delta().toPlainString())
        .containsExactly("10.0000", "10.0000", "-20.0000");
  }

  /** Whoever comes first: what the last one tells of the customer's revenue is all of it. */
  @Test
  void lateEventsApplyInTheOrderOfALifeToo() throws Exception {
    long read = day(7).toEpochMilli();
    eventTimeReaches(7);
    send(of("s2", "e2", 6, "20").withWatermark(read));
    send(of("s1", "e1", 5, "10").withWatermark(read));
    assertThat(rows()).as("not before all is known that was read by then").isEmpty();
    eventTimeReaches(8);
    assertThat(moved())
        .extracting(e -> e.get("kind"), e -> e.get("mrr"), e -> e.get("version"))
        .containsExactly(tuple("new", "10.0000", "1"), tuple("expansion", "30.0000", "2"));
    assertThat(harness.numEventTimeTimers()).as("only to forget the customer").isEqualTo(1);
  }

  @Test
  void aCancellationIsOfThePlanOfItsSubscriptionAndNotOfTheCustomersLatest() throws Exception {
    send(started("e1", 1, "10", "month"));
    send(
        event("subscription.canceled")
            .identity("billing", "e2")
            .with("subscription_id", "s1")
            .with("plan", "enterprise")
            .customer("acme")
            .at(day(2))
            .build());
    eventTimeReaches(3);
    assertThat(moved()).extracting(e -> e.get("plan")).containsExactly("pro", "pro");
  }

  @Test
  void whatIsTooLateIsFlagged() throws Exception {
    send(started("e1", 50, "10", "month"));
    eventTimeReaches(60);
    send(changed("e0", 10, "30"));
    assertThat(rows()).hasSize(1);
    assertThat(harness.getSideOutput(KeepLedger.FLAGS))
        .extracting(StreamRecord::getValue)
        .extracting(QualityFlag::eventId, QualityFlag::check)
        .containsExactly(tuple("e0", "LEDGER_TOO_LATE"));
  }

  @Test
  void pausedAndTrialingBringNothing() throws Exception {
    send(event("subscription.started").identity("billing", "e1").with("status", "trialing"), 1);
    send(event("subscription.changed").identity("billing", "e2").with("status", "active"), 2);
    send(event("subscription.changed").identity("billing", "e3").with("status", "paused"), 3);
    eventTimeReaches(4);
    assertThat(rows())
        .extracting(row -> row.movement().eventId(), row -> row.movement().kind())
        .containsExactly(tuple("e2", MovementKind.NEW), tuple("e3", MovementKind.CHURN));
  }

  @Test
  void tellsMovementsInTheReportingCurrencyAndKeepsWhatWasPaid() throws Exception {
    harness.close();
    harness = unopened("EUR");
    harness.open();
    Conversion conversion = new Conversion("EUR");
    Event started = started("e1", 1, "100", "month").withMoney(new BigDecimal("100"), "USD");
    send(conversion.converted(started, new BigDecimal("0.9")));
    // the dollar fell, the price did not
    Event unchanged = changed("e2", 2, "100").withMoney(new BigDecimal("100"), "USD");
    send(conversion.converted(unchanged, new BigDecimal("0.8")));
    send(event("subscription.canceled").identity("billing", "e3"), 3);
    eventTimeReaches(4);
    assertThat(rows())
        .extracting(
            row -> row.movement().eventId(),
            row -> row.movement().delta().toPlainString(),
            row -> row.movement().currency(),
            row -> row.movement().originalAmount())
        .containsExactly(
            tuple("e1", "90.0000", "USD", new BigDecimal("100")),
            tuple("e3", "-90.0000", "EUR", new BigDecimal("10")));
    assertThat(moved())
        .extracting(Event::currency, e -> e.get("amount"))
        .containsExactly(tuple("EUR", "90.0000"), tuple("EUR", "90.0000"));
  }

  @Test
  void whatCouldNotBeConvertedMovesNothing() throws Exception {
    Event started = started("e1", 1, "100", "month").withMoney(new BigDecimal("100"), "USD");
    send(new Conversion("EUR").withoutMoney(started));
    eventTimeReaches(4);
    assertThat(rows()).isEmpty();
  }

  @Test
  void forgetsWhoLeftAndNobodyElse() throws Exception {
    send(started("e1", 1, "10", "month"));
    eventTimeReaches(900);
    eventTimeReaches(2000);
    assertThat(harness.numKeyedStateEntries()).as("still pays").isPositive();
    send(event("subscription.canceled").identity("billing", "e2"), 2001);
    eventTimeReaches(2402);
    eventTimeReaches(4000);
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void theEndOfAllTimeIsReached() throws Exception {
    send(started("e1", 1, "10", "month"));
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(rows()).hasSize(1);
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void goesOnFromASnapshotOfRocksDb() throws Exception {
    harness.close();
    harness = unopened();
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.open();
    send(started("e1", 1, "10", "month"));
    eventTimeReaches(2);
    send(changed("e5", 5, "30"));
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = unopened();
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.initializeState(snapshot);
    harness.open();
    eventTimeReaches(6);
    assertThat(rows())
        .extracting(row -> row.movement().eventId(), row -> row.movement().kind())
        .containsExactly(tuple("e5", MovementKind.EXPANSION));
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Event, MovementRow> unopened()
      throws Exception {
    return unopened(null);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Event, MovementRow> unopened(
      String currency) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new KeepLedger(Duration.ofDays(400), currency)),
        Event::customerId,
        Types.STRING);
  }

  private static Event started(String id, int day, String amount, String interval) {
    return subscription(
        event("subscription.started").identity("billing", id).with("interval", interval),
        amount,
        day);
  }

  private static Event of(String subscription, String id, int day, String amount) {
    return event("subscription.changed")
        .identity("billing", id)
        .with("interval", "month")
        .with("subscription_id", subscription)
        .with("plan", "pro")
        .amount(amount, "EUR")
        .customer("acme")
        .at(day(day))
        .build();
  }

  private static Event changed(String id, int day, String amount) {
    return of("s1", id, day, amount);
  }

  private static Event subscription(TestEvents event, String amount, int day) {
    return event
        .with("subscription_id", "s1")
        .with("plan", "pro")
        .amount(amount, "EUR")
        .customer("acme")
        .at(day(day))
        .build();
  }

  private void send(TestEvents event, int day) throws Exception {
    send(subscription(event.with("interval", "month"), "10", day));
  }

  private void send(Event event) throws Exception {
    harness.processElement(event, event.time().toEpochMilli());
  }

  private void eventTimeReaches(int day) throws Exception {
    harness.processWatermark(day(day).toEpochMilli());
  }

  private List<MovementRow> rows() {
    return harness.extractOutputValues();
  }

  private List<Event> moved() {
    return harness.getSideOutput(KeepLedger.MOVED).stream().map(StreamRecord::getValue).toList();
  }

  private static Instant day(int day) {
    return Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofDays(day));
  }
}
