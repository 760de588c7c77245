package io.tidewatch.customers.stream;

import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.customers.CustomerHealth;
import io.tidewatch.customers.CustomerRow;
import io.tidewatch.customers.CustomerTransition;
import io.tidewatch.customers.HealthSettings;
import io.tidewatch.customers.PaymentStanding;
import io.tidewatch.event.Event;
import io.tidewatch.metrics.TestEvents;
import io.tidewatch.pattern.customer.CustomerEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeepCustomerTest {

  private static final Duration TIME_TO_LIVE = Duration.ofDays(400);

  @AutoClose
  private KeyedTwoInputStreamOperatorTestHarness<String, Event, byte[], CustomerHealth> harness;

  private long reached;

  @BeforeEach
  void open() throws Exception {
    harness = in("UTC");
    harness.open();
  }

  @Test
  void scoresEachMidnightAsOfItAndNotBeforeItsTurn() throws Exception {
    send(call(), "2026-03-01T12:00:00Z");
    eventTimeReaches("2026-03-01T23:59:59.999Z");
    assertThat(rows()).isEmpty();
    eventTimeReaches("2026-03-02T00:10:00Z");
    assertThat(rows())
        .extracting(row -> row.customer().asOf(), CustomerHealth::day, CustomerHealth::version)
        .containsExactly(tuple(time("2026-03-01T23:59:59.999Z"), 20513L, 1L));
    // usage 30 × 1 ÷ (1 ÷ 4), at most 1; used today; no feature; nothing due; no ticket
    assertThat(rows().get(0).health().score()).isEqualTo(30 + 20 + 15 + 15);
    assertThat(derived())
        .extracting(
            Event::type, Event::time, e -> e.get("scheduled"), e -> e.get("score"), Event::derived)
        .containsExactly(
            tuple("customer.scored", time("2026-03-01T23:59:59.999Z"), "true", "80", true));
    eventTimeReaches("2026-03-05T00:10:00Z");
    assertThat(rows()).hasSize(4);
  }

  @Test
  void whatHappensInTheFirstMinutesOfADayIsNoPartOfTheDayBefore() throws Exception {
    for (int i = 0; i < 40; i++) {
      send(call().customer("c" + i), "2026-03-01T23:59:59.999Z");
      send(call().customer("c" + i), "2026-03-02T00:00:00Z");
      send(call().customer("c" + i), "2026-03-02T00:04:00Z");
    }
    eventTimeReaches("2026-03-02T00:10:00Z");
    assertThat(rows())
        .hasSize(40)
        .allSatisfy(row -> assertThat(row.customer().apiCallsLast7Days()).isEqualTo(1));
  }

  @Test
  void midnightsOfManyCustomersAreSpread() throws Exception {
    for (int i = 0; i < 1000; i++) {
      send(call().customer("cust-%04d".formatted(i)), "2026-03-01T12:00:00Z");
    }
    List<Integer> scored = new ArrayList<>();
    for (int minute = 1; minute <= 10; minute++) {
      eventTimeReaches("2026-03-02T00:%02d:00Z".formatted(minute));
      scored.add(rows().size());
    }
    assertThat(scored.get(9)).isEqualTo(1000);
    for (int i = 1; i < scored.size(); i++) {
      assertThat(scored.get(i) - scored.get(i - 1)).as("minute %d", i + 1).isBetween(50, 150);
    }
  }

  @Test
  void daysEndAtLocalMidnightAlsoWhenTheClocksChange() throws Exception {
    harness.close();
    harness = in("Europe/Berlin");
    harness.open();
    send(call(), "2026-03-28T12:00:00Z");
    eventTimeReaches("2026-03-31T12:00:00Z");
    assertThat(rows())
        .extracting(row -> row.customer().asOf())
        .containsExactly(
            time("2026-03-28T22:59:59.999Z"),
            // 29 March has 23 hours
            time("2026-03-29T21:59:59.999Z"),
            time("2026-03-30T21:59:59.999Z"));
  }

  @Test
  void scoresAtOnceOnPaymentsSubscriptionsAndTickets() throws Exception {
    send(created(), "2026-03-01T10:00:00Z");
    send(call(), "2026-03-01T11:00:00Z");
    send(event("payment.failed").amount("5", "EUR"), "2026-03-01T12:00:00Z");
    send(event("payment.succeeded").amount("5", "EUR"), "2026-03-01T13:00:00Z");
    send(event("ticket.opened").with("ticket_id", "t1"), "2026-03-01T14:00:00Z");
    eventTimeReaches("2026-03-01T15:00:00Z");
    assertThat(rows())
        .extracting(row -> row.customer().payments(), row -> row.health().score())
        .containsExactly(
            tuple(PaymentStanding.FAILED, 65), // 30 + 20 + 0 + 0 + 15
            tuple(PaymentStanding.RECOVERED, 73), // + 7.5
            tuple(PaymentStanding.RECOVERED, 69)); // − 3.75
    assertThat(derived())
        .filteredOn(event -> event.type().equals("customer.scored"))
        .extracting(Event::time, e -> e.get("scheduled"))
        .containsExactly(
            tuple(time("2026-03-01T12:00:00Z"), "false"),
            tuple(time("2026-03-01T13:00:00Z"), "false"),
            tuple(time("2026-03-01T14:00:00Z"), "false"));
  }

  @Test
  void theFirstScoreIsNoTransitionAndEachLaterChangeOfCategoryIsOne() throws Exception {
    send(call(), "2026-03-01T11:00:00Z");
    send(event("payment.failed").amount("5", "EUR"), "2026-03-01T12:00:00Z");
    eventTimeReaches("2026-03-01T12:30:00Z");
    assertThat(transitions()).as("At Risk from the start").isEmpty();
    send(event("payment.failed").amount("5", "EUR"), "2026-03-01T12:45:00Z");
    send(event("payment.succeeded").amount("5", "EUR"), "2026-03-01T13:00:00Z");
    eventTimeReaches("2026-03-01T13:00:00Z");
    assertThat(transitions())
        .extracting(
            CustomerTransition::time,
            row -> row.before().category().label(),
            row -> row.after().category().label(),
            CustomerTransition::reason)
        .containsExactly(
            tuple(
                time("2026-03-01T13:00:00Z"),
                "At Risk",
                "Good",
                "Health rose from 65 to 73: payment by 7.5"));
    assertThat(derived())
        .filteredOn(event -> event.type().equals("customer.transitioned"))
        .extracting(e -> e.get("from_category"), e -> e.get("score_after"))
        .containsExactly(tuple("At Risk", "73"));
    // without use recency falls at midnights, until the score is below 50
    eventTimeReaches("2026-03-20T12:00:00Z");
    assertThat(transitions())
        .extracting(row -> row.after().category().label())
        .containsExactly("Good", "At Risk", "Critical");
  }

  @Test
  void theMidnightScoreTellsWhatTheDayBeganAndEndedWith() throws Exception {
    send(moved("10.0000"), "2026-03-01T12:00:00Z");
    eventTimeReaches("2026-03-02T06:00:00Z");
    send(moved("0.0000"), "2026-03-02T12:00:00Z");
    eventTimeReaches("2026-03-04T06:00:00Z");
    assertThat(derived())
        .extracting(e -> e.get("opening_mrr"), e -> e.get("mrr"))
        .containsExactly(
            tuple("0", "10.0000"), tuple("10.0000", "0.0000"), tuple("0.0000", "0.0000"));
  }

  @Test
  void revenueThatMovedIsKnownBeforeItsCause() throws Exception {
    send(subscription("started").identity("billing", "a"), "2026-03-01T12:00:00Z");
    send(moved("10.0000").identity("revenue", "billing|a"), "2026-03-01T12:00:00Z");
    eventTimeReaches("2026-03-01T12:00:00Z");
    assertThat(matched())
        .extracting(CustomerEvent::type, e -> e.mrr().toPlainString())
        .containsExactly(
            tuple("subscription.started", "10.0000"), tuple("customer.scored", "10.0000"));
    assertThat(output(KeepCustomer.CUSTOMERS))
        .extracting(row -> row.mrr().toPlainString(), row -> row.profile().plan())
        .containsExactly(tuple("10.0000", "pro"));
  }

  @Test
  void ofMovementsOfOneMomentTheLastOfTheLedgerCounts() throws Exception {
    send(moved("30.0000").with("version", "12").identity("revenue", "a"), "2026-03-01T12:00:00Z");
    send(moved("10.0000").with("version", "9").identity("revenue", "b"), "2026-03-01T12:00:00Z");
    send(subscription("changed").identity("billing", "a"), "2026-03-01T12:00:00Z");
    eventTimeReaches("2026-03-01T12:00:00Z");
    assertThat(output(KeepCustomer.CUSTOMERS))
        .extracting(row -> row.mrr().toPlainString())
        .containsExactly("30.0000");
  }

  @Test
  void lateMovementsThatAreKnownTogetherApplyInTheirOrder() throws Exception {
    eventTimeReaches("2026-03-01T12:00:00Z");
    send(late(moved("30.0000").identity("revenue", "a"), "2026-03-01T11:00:00Z"));
    send(late(moved("10.0000").identity("revenue", "b"), "2026-03-01T10:00:00Z"));
    eventTimeReaches("2026-03-02T00:10:00Z");
    assertThat(derived()).extracting(e -> e.get("mrr")).containsExactly("30.0000");
  }

  /** A late event and one that is in time may be known in the same moment, the new day's first. */
  @Test
  void whatIsKnownWithALateEventIsNoPartOfTheDayBefore() throws Exception {
    for (int i = 0; i < 40; i++) {
      send(call().customer("c" + i), "2026-03-01T10:00:00Z");
    }
    eventTimeReaches("2026-03-01T23:59:59.999Z");
    for (int i = 0; i < 40; i++) {
      send(late(call().customer("c" + i).identity("api", "1"), "2026-03-01T11:00:00Z"));
      send(call().customer("c" + i).identity("api", "2"), "2026-03-02T00:00:00Z");
    }
    eventTimeReaches("2026-03-02T00:10:00Z");
    assertThat(rows())
        .hasSize(40)
        .allSatisfy(row -> assertThat(row.customer().apiCallsLast7Days()).isEqualTo(2));
  }

  /** Tables have one row for a customer and moment, so there is one score of it, and one change. */
  @Test
  void whatHappensInOneMomentIsScoredOnce() throws Exception {
    send(call(), "2026-03-01T11:00:00Z");
    send(event("ticket.responded").with("ticket_id", "t0"), "2026-03-01T11:30:00Z");
    send(event("payment.failed").amount("5", "EUR"), "2026-03-01T12:00:00Z");
    for (int i = 1; i <= 4; i++) {
      send(event("ticket.opened").with("ticket_id", "t" + i), "2026-03-01T12:00:00Z");
    }
    eventTimeReaches("2026-03-01T12:00:00Z");
    // 80, then − 15 for the payment and − 15 for the tickets
    assertThat(rows()).extracting(row -> row.health().score()).containsExactly(80, 50);
    send(event("ticket.opened").with("ticket_id", "t5"), "2026-03-01T12:30:00Z");
    eventTimeReaches("2026-03-05T12:00:00Z");
    assertThat(transitions())
        .extracting(row -> row.before().category().label(), row -> row.after().category().label())
        .containsExactly(tuple("Good", "At Risk"), tuple("At Risk", "Critical"));
  }

  @Test
  void rowsOfCustomersComeWithProfilesAndScoresAndNotWithEachCall() throws Exception {
    send(created(), "2026-03-01T10:00:00Z");
    eventTimeReaches("2026-03-01T10:30:00Z");
    for (int minute = 0; minute < 30; minute++) {
      send(call(), "2026-03-01T11:%02d:00Z".formatted(minute));
    }
    eventTimeReaches("2026-03-03T12:00:00Z");
    assertThat(output(KeepCustomer.CUSTOMERS))
        .extracting(
            row -> row.profile().companyName(),
            CustomerRow::signup,
            CustomerRow::firstApiCall,
            CustomerRow::version)
        .containsExactly(
            tuple("Acme Inc.", time("2026-03-01T10:00:00Z"), null, 1L),
            tuple("Acme Inc.", time("2026-03-01T10:00:00Z"), time("2026-03-01T11:00:00Z"), 31L),
            tuple("Acme Inc.", time("2026-03-01T10:00:00Z"), time("2026-03-01T11:00:00Z"), 31L));
  }

  @Test
  void patternsSeeTheFirstUsesAndErrorsOfADay() throws Exception {
    send(created(), "2026-03-01T10:00:00Z");
    send(call().identity("api", "1"), "2026-03-01T11:00:00Z");
    send(call().identity("api", "2"), "2026-03-01T12:00:00Z");
    send(call().identity("api", "3").with("status_code", "500"), "2026-03-01T13:00:00Z");
    send(call().identity("api", "3b").with("status_code", "500"), "2026-03-01T13:30:00Z");
    send(event("error.raised").identity("system", "1"), "2026-03-01T13:40:00Z");
    send(event("error.raised").identity("system", "2"), "2026-03-01T13:50:00Z");
    send(feature().identity("web", "4"), "2026-03-01T14:00:00Z");
    send(feature().identity("web", "5"), "2026-03-01T15:00:00Z");
    send(event("auth.succeeded"), "2026-03-01T16:00:00Z");
    eventTimeReaches("2026-03-01T23:00:00Z");
    assertThat(matched())
        .extracting(CustomerEvent::type, CustomerEvent::companyName, e -> e.get("status_code"))
        .containsExactly(
            tuple("customer.created", "Acme Inc.", null),
            tuple("api.request", "Acme Inc.", "200"),
            tuple("api.request", "Acme Inc.", "500"),
            tuple("error.raised", "Acme Inc.", null),
            tuple("feature.used", "Acme Inc.", null));
    send(call().identity("api", "6"), "2026-03-02T11:00:00Z");
    eventTimeReaches("2026-03-02T12:00:00Z");
    assertThat(matched().subList(5, 7))
        .extracting(CustomerEvent::type)
        .containsExactly("customer.scored", "api.request");
  }

  @Test
  void patternsAreToldWhenEachEventWasKnown() throws Exception {
    send(event("ticket.opened").with("ticket_id", "1"), "2026-03-01T10:00:00Z");
    eventTimeReaches("2026-03-02T00:30:00Z");
    send(event("ticket.opened").with("ticket_id", "2"), "2026-03-02T00:10:00Z");
    assertThat(matched())
        .extracting(CustomerEvent::type)
        .containsExactly(
            "ticket.opened",
            "customer.scored",
            "customer.scored",
            "ticket.opened",
            "customer.scored");
    assertThat(matched().get(0).knownAt()).isEqualTo(time("2026-03-01T10:00:00Z"));
    assertThat(matched().get(0).isLate()).isFalse();
    CustomerEvent midnight = matched().get(2);
    assertThat(midnight.time()).isEqualTo(time("2026-03-01T23:59:59.999Z"));
    assertThat(midnight.knownAt())
        .isBetween(time("2026-03-02T00:00:00Z"), time("2026-03-02T00:10:00Z"));
    assertThat(midnight.isMidnight()).isTrue();
    assertThat(midnight.isLate()).isFalse();
    // behind the watermark: known in the moment after it
    assertThat(matched().subList(3, 5))
        .extracting(CustomerEvent::knownAt)
        .containsOnly(time("2026-03-02T00:30:00.001Z"));
    assertThat(matched().get(3).isLate()).isTrue();
  }

  @Test
  void aLateEventCorrectsWhatIsKnownAndIsScoredAsOfNow() throws Exception {
    send(call(), "2026-03-01T11:00:00Z");
    send(event("payment.succeeded").amount("5", "EUR"), "2026-03-01T12:00:00Z");
    eventTimeReaches("2026-03-02T12:00:00Z");
    List<CustomerHealth> before = rows();
    send(call(), "2026-03-01T10:00:00Z");
    assertThat(rows()).as("a call is not scored at once").isEqualTo(before);
    send(event("payment.failed").amount("5", "EUR"), "2026-03-01T11:00:00Z");
    CustomerHealth last = rows().get(rows().size() - 1);
    assertThat(last.customer().asOf()).isEqualTo(time("2026-03-01T23:59:59.999Z"));
    assertThat(last.customer().payments()).isEqualTo(PaymentStanding.RECOVERED);
    assertThat(last.customer().apiCallsLast7Days()).isEqualTo(2);
    assertThat(last.version()).isEqualTo(4);
  }

  @Test
  void aCustomerThatIsFirstSeenLateIsNotScoredForMidnightsThatHavePassed() throws Exception {
    eventTimeReaches("2026-03-10T12:00:00Z");
    send(call(), "2026-03-01T10:00:00Z");
    eventTimeReaches("2026-03-11T12:00:00Z");
    assertThat(rows())
        .extracting(row -> row.customer().asOf())
        .containsExactly(time("2026-03-10T23:59:59.999Z"));
  }

  @Test
  void whatComesOutDependsOnTheEventsAndNotOnTheirOrder() throws Exception {
    List<Event> events = aMonth();
    List<CustomerHealth> inOrder = rowsOf(events, Duration.ofHours(7));
    assertThat(inOrder).hasSizeGreaterThan(30);
    Collections.shuffle(events, new Random(7));
    assertThat(rowsOf(events, Duration.ofDays(40))).isEqualTo(inOrder);
  }

  @Test
  void whoPaysNothingAndIsSilentForLongIsScoredNoMore() throws Exception {
    send(call(), "2026-01-01T12:00:00Z");
    eventTimeReaches("2026-12-01T00:00:00Z");
    // 1 January and the 90 days after it
    assertThat(rows()).hasSize(91);
    send(call(), "2026-12-01T12:00:00Z");
    eventTimeReaches("2026-12-03T12:00:00Z");
    assertThat(rows()).hasSize(93);
    assertThat(rows().get(91).customer().asOf()).isEqualTo(time("2026-12-01T23:59:59.999Z"));
  }

  @Test
  void whoPaysIsScoredHoweverSilent() throws Exception {
    send(moved("10.0000"), "2026-01-01T12:00:00Z");
    eventTimeReaches("2028-01-01T12:00:00Z");
    // 365 days of 2026 and 2027 each
    assertThat(rows()).hasSize(730);
  }

  @Test
  void forgetsWhoLeftAndNobodyElse() throws Exception {
    send(moved("10.0000"), "2026-01-01T12:00:00Z");
    send(call().customer("other"), "2026-01-01T12:00:00Z");
    eventTimeReaches("2028-01-01T12:00:00Z");
    assertThat(harness.numKeyedStateEntries()).as("one customer and its timer").isEqualTo(2);
    send(moved("0.0000"), "2028-01-01T13:00:00Z");
    eventTimeReaches("2030-01-01T12:00:00Z");
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void theEndOfAllTimeIsReached() throws Exception {
    send(moved("10.0000"), "2026-01-01T12:00:00Z");
    harness.processBothWatermarks(new Watermark(Long.MAX_VALUE));
    assertThat(rows()).hasSize(1);
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void goesOnFromASnapshotOfRocksDb() throws Exception {
    List<Event> events = aMonth();
    List<CustomerHealth> whole = rowsOf(events, Duration.ofHours(7));
    int half = events.size() / 2;
    Instant middle = events.get(half).time();

    harness.close();
    harness = in("UTC");
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.open();
    for (Event event : events.subList(0, half)) {
      send(event);
    }
    eventTimeReaches(middle.minus(Duration.ofHours(30)).toString());
    List<CustomerHealth> rows = rows();
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = in("UTC");
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.initializeState(snapshot);
    harness.open();
    for (Event event : events.subList(half, events.size())) {
      send(event);
    }
    eventTimeReaches("2026-05-01T00:00:00Z");
    rows.addAll(rows());
    assertThat(rows).isEqualTo(whole);
  }

  @Test
  void everyScoreSaysWhatModelsExpect() throws Exception {
    send(created().with("tier", "Team"), "2026-03-01T10:00:00Z");
    send(moved("10.0000"), "2026-03-01T10:00:00Z");
    eventTimeReaches("2026-03-02T00:10:00Z");
    assertThat(derived())
        .extracting(e -> e.get("segment"), e -> e.get("churn_risk"), e -> e.get("lifetime_value"))
        .containsExactly(tuple("Potential Loyalists", "High", null));
    CustomerRow row = output(KeepCustomer.CUSTOMERS).get(1);
    assertThat(row.updatedAt()).isEqualTo(time("2026-03-01T23:59:59.999Z"));
    assertThat(row.predictions().churnReasons())
        .contains("API calls in the last 30 days: 0 (raises the risk)")
        .hasSize(3);
    assertThat(row.predictions().lifetimeValue()).isNull();
  }

  @Test
  void aNewModelCountsFromTheNextScoreOnAndAfterARestore() throws Exception {
    send(moved("10.0000"), "2026-03-01T10:00:00Z");
    eventTimeReaches("2026-03-02T00:10:00Z");
    receive(lifetimeOf(12));
    eventTimeReaches("2026-03-03T00:10:00Z");
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    assertThat(lifetimeValues()).containsExactly(null, "96.0000"); // 12 × 10 × 0.8
    harness.close();
    harness = in("UTC");
    harness.initializeState(snapshot);
    harness.open();
    eventTimeReaches("2026-03-04T00:10:00Z");
    receive(lifetimeOf(6));
    eventTimeReaches("2026-03-05T00:10:00Z");
    assertThat(lifetimeValues()).containsExactly("96.0000", "48.0000");
  }

  @Test
  void aModelThatCannotBeUsedLeavesTheOneBefore() throws Exception {
    receive(lifetimeOf(12));
    receive(lifetimeOf(-1));
    receive("no model at all");
    receive(lifetimeOf(6).replace("\"version\":1", "\"version\":2"));
    send(moved("10.0000"), "2026-03-01T10:00:00Z");
    eventTimeReaches("2026-03-02T00:10:00Z");
    assertThat(lifetimeValues()).containsExactly("96.0000");
  }

  private static String lifetimeOf(int months) {
    return """
        {"version":1,"kind":"lifetime","model":{"horizon_months":36,"gross_margin":0.8,
         "everyone":{"months":%1$d,"low":%1$d,"high":%1$d},"groups":[]}}"""
        .formatted(months);
  }

  private void receive(String model) throws Exception {
    harness.processElement2(new StreamRecord<>(model.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> lifetimeValues() {
    return derived().stream().map(event -> event.get("lifetime_value")).toList();
  }

  /** Events of one customer in their order, at random moments of March. */
  private static List<Event> aMonth() {
    Random random = new Random(3);
    List<TestEvents> kinds = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      kinds.add(call());
      kinds.add(feature().with("feature", "f" + i % 9));
    }
    for (int i = 0; i < 10; i++) {
      kinds.add(event("payment.failed").amount("5", "EUR"));
      kinds.add(event("payment.succeeded").amount("5", "EUR"));
      kinds.add(event("ticket.opened").with("ticket_id", "t" + i));
      kinds.add(event("ticket.resolved").with("ticket_id", "t" + i));
      kinds.add(moved(i % 4 + ".0000"));
    }
    List<Event> events = new ArrayList<>();
    long month = Duration.ofDays(31).toMillis();
    for (TestEvents kind : kinds) {
      Instant time = time("2026-03-01T00:00:00Z").plusMillis((long) (random.nextDouble() * month));
      events.add(kind.customer("acme").at(time).build());
    }
    events.sort(Comparator.comparing(Event::time));
    return events;
  }

  private List<CustomerHealth> rowsOf(List<Event> events, Duration watermarkEach) throws Exception {
    try (var own = in("UTC")) {
      own.open();
      Instant reached = time("2026-03-01T00:00:00Z");
      for (Event event : events) {
        while (event.time().isAfter(reached.plus(watermarkEach))) {
          reached = reached.plus(watermarkEach);
          own.processBothWatermarks(new Watermark(reached.toEpochMilli()));
        }
        own.processElement1(event, event.time().toEpochMilli());
      }
      own.processBothWatermarks(new Watermark(time("2026-05-01T00:00:00Z").toEpochMilli()));
      return own.extractOutputValues();
    }
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, Event, byte[], CustomerHealth> in(
      String zone) throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new CoBroadcastWithKeyedOperator<>(
            new KeepCustomer(HealthSettings.DEFAULT, ZoneId.of(zone), TIME_TO_LIVE),
            List.of(KeepCustomer.MODELS)),
        Event::customerId,
        document -> "",
        Types.STRING);
  }

  private static TestEvents created() {
    return event("customer.created").with("company_name", "Acme Inc.").with("plan", "pro");
  }

  private static TestEvents call() {
    return event("api.request").with("status_code", "200").with("response_time_ms", "10");
  }

  private static TestEvents feature() {
    return event("feature.used").with("feature", "export");
  }

  private static TestEvents subscription(String what) {
    return event("subscription." + what).with("subscription_id", "s1").with("plan", "pro");
  }

  /** One that is read behind what has come by now. */
  private Event late(TestEvents event, String time) {
    return ofSomebody(event, time).withWatermark(reached);
  }

  private static Event ofSomebody(TestEvents event, String time) {
    Event built = event.at(time).build();
    return built.customerId() == null ? event.customer("acme").build() : built;
  }

  private static TestEvents moved(String mrr) {
    return event("mrr.moved").with("mrr", mrr).derived();
  }

  private void send(TestEvents event, String time) throws Exception {
    send(ofSomebody(event, time));
  }

  private void send(Event event) throws Exception {
    harness.processElement1(event, event.time().toEpochMilli());
  }

  private void eventTimeReaches(String time) throws Exception {
    reached = time(time).toEpochMilli();
    harness.processBothWatermarks(new Watermark(reached));
  }

  private List<CustomerHealth> rows() {
    return harness.extractOutputValues();
  }

  private List<Event> derived() {
    return output(KeepCustomer.DERIVED);
  }

  private List<CustomerEvent> matched() {
    return output(KeepCustomer.MATCHED);
  }

  private List<CustomerTransition> transitions() {
    return output(KeepCustomer.TRANSITIONS);
  }

  private <T> List<T> output(OutputTag<T> tag) {
    var output = harness.getSideOutput(tag);
    return output == null ? List.of() : output.stream().map(StreamRecord::getValue).toList();
  }

  private static Instant time(String time) {
    return Instant.parse(time);
  }
}
