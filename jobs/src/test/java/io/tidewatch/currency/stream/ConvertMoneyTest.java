package io.tidewatch.currency.stream;

import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.currency.Conversion;
import io.tidewatch.currency.FxRate;
import io.tidewatch.currency.ReportingCurrency;
import io.tidewatch.event.Event;
import io.tidewatch.ingest.QualityFlag;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConvertMoneyTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Duration REMEMBERED = Duration.ofDays(400);
  private static final List<FxRate> CONFIGURED =
      List.of(rate("2026-03-02", "0.9", 1), rate("2026-03-03", "0.8", 1));

  @AutoClose private TwoInputStreamOperatorTestHarness<Event, FxRate, Event> harness;

  @BeforeEach
  void open() throws Exception {
    harness = unopened();
    harness.open();
  }

  @Test
  void convertsAtTheRateOfTheLocalDate() throws Exception {
    send(paid("p1", "10.05", "2026-03-02T10:00:00Z"));
    // past midnight in Berlin
    send(paid("p2", "10.05", "2026-03-02T23:00:00Z"));
    assertThat(events())
        .extracting(Event::id, e -> e.get("amount"), Event::currency, e -> e.get(Conversion.RATE))
        .containsExactly(
            // 10.05 × 0.9, 10.05 × 0.8
            tuple("p1", "9.0450", "EUR", "0.9"), tuple("p2", "8.0400", "EUR", "0.8"));
    assertThat(events().get(0).properties())
        .containsEntry(Conversion.ORIGINAL_AMOUNT, "10.05")
        .containsEntry(Conversion.ORIGINAL_CURRENCY, "USD");
    assertThat(flags()).isEmpty();
  }

  @Test
  void anEventWithoutARateIsFlaggedAndInNoTotal() throws Exception {
    send(paid("p1", "10", "2026-03-01T10:00:00Z"));
    assertThat(events())
        .extracting(
            Event::id, Event::amount, Event::currency, e -> e.get(Conversion.ORIGINAL_AMOUNT))
        .containsExactly(tuple("p1", null, "USD", "10"));
    assertThat(flags())
        .extracting(QualityFlag::check, QualityFlag::eventId, QualityFlag::field)
        .containsExactly(tuple("FX_RATE_MISSING", "p1", "currency"));
    assertThat(flags().get(0).message()).contains("USD to EUR on 2026-03-01");
  }

  @Test
  void aRateThatIsToldConvertsWhatComesAfterIt() throws Exception {
    tell(rate("2026-03-02", "0.5", 2));
    send(paid("p1", "10", "2026-03-02T10:00:00Z"));
    tell(rate("2026-03-02", "0.6", 3));
    send(paid("p2", "10", "2026-03-02T10:00:00Z"));
    // told again after a failure
    tell(rate("2026-03-02", "0.5", 2));
    send(paid("p3", "10", "2026-03-02T10:00:00Z"));
    assertThat(events())
        .extracting(e -> e.get("amount"))
        .containsExactly("5.0000", "6.0000", "6.0000");
  }

  @Test
  void aBudgetIsMoneyToo() throws Exception {
    Event budget =
        event("campaign.budget")
            .amount("0", "USD")
            .with("daily_budget", "50")
            .at("2026-03-02T10:00:00Z")
            .build();
    send(budget.withMoney(null, "USD"));
    assertThat(events().get(0).get("daily_budget")).isEqualTo("45.0000");
    assertThat(events().get(0).amount()).isNull();
  }

  @Test
  void whatOthersCallABudgetStaysAsItIs() throws Exception {
    send(
        event("plan.drafted")
            .amount("10", "USD")
            .with("daily_budget", "plenty")
            .at("2026-03-02T10:00:00Z")
            .build());
    assertThat(events().get(0).get("daily_budget")).isEqualTo("plenty");
    assertThat(events().get(0).amount()).isEqualByComparingTo("9");
  }

  @Test
  void knowsTheRatesAfterARestore() throws Exception {
    tell(rate("2026-03-02", "0.5", 2));
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = unopened();
    harness.initializeState(snapshot);
    harness.open();
    send(paid("p1", "10", "2026-03-02T10:00:00Z"));
    assertThat(events()).extracting(e -> e.get("amount")).containsExactly("5.0000");
  }

  @Test
  void forgetsRatesThatNoEventWillNeed() throws Exception {
    LocalDate day = LocalDate.parse("2026-03-02");
    for (int i = 0; i < 1_000; i++) {
      tell(rate(day.plusDays(i).toString(), "0.5", 2 + i));
    }
    assertThat(
            harness
                .getOperator()
                .getOperatorStateBackend()
                .getBroadcastState(ConvertMoney.RATES)
                .get("USD"))
        .hasSize(401);
    send(paid("p1", "10", "2026-03-20T10:00:00Z"));
    assertThat(flags()).hasSize(1);
  }

  @Test
  void ratesHoldBackNoEventTime() throws Exception {
    harness.processWatermark2(Watermark.MAX_WATERMARK);
    harness.processWatermark1(new Watermark(7));
    assertThat(harness.getOutput()).containsExactly(new Watermark(7));
  }

  private static TwoInputStreamOperatorTestHarness<Event, FxRate, Event> unopened()
      throws Exception {
    return new TwoInputStreamOperatorTestHarness<>(
        new CoBroadcastWithNonKeyedOperator<>(
            new ConvertMoney(new ReportingCurrency("EUR", CONFIGURED), BERLIN, REMEMBERED),
            List.of(ConvertMoney.RATES)));
  }

  private static Event paid(String id, String amount, String time) {
    return event("payment.succeeded")
        .identity("billing", id)
        .amount(amount, "USD")
        .at(time)
        .build();
  }

  private static FxRate rate(String day, String rate, long version) {
    return FxRate.parse(day, "USD", rate, "EUR", version);
  }

  private void send(Event event) throws Exception {
    harness.processElement1(event, event.time().toEpochMilli());
  }

  private void tell(FxRate rate) throws Exception {
    harness.processElement2(rate, 0);
  }

  private List<Event> events() {
    return harness.getOutput().stream()
        .map(record -> ((StreamRecord<Event>) record).getValue())
        .toList();
  }

  private List<QualityFlag> flags() {
    var flags = harness.getSideOutput(ConvertMoney.FLAGS);
    return flags == null ? List.of() : flags.stream().map(StreamRecord::getValue).toList();
  }
}
