package io.tidewatch.customers;

import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.TestEvents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CustomerTest {

  private static final LocalDays UTC = new LocalDays(ZoneOffset.UTC);
  private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void lastSevenDaysAreSevenAndEndWithToday() {
    Customer customer = after(call(0), call(1), call(6), call(7), call(27), call(28), call(29));
    CustomerSnapshot snapshot = customer.snapshot(UTC);
    assertThat(snapshot.usesLast7Days()).as("29 … 23").isEqualTo(3);
    assertThat(snapshot.usesLast28Days()).as("29 … 2").isEqualTo(5);
    assertThat(snapshot.apiCallsLast30Days()).as("29 … 0").isEqualTo(7);
    assertThat(snapshot.activeDaysLast30Days()).isEqualTo(7);
  }

  @Test
  void asOfMidnightTheDayBeforeIsTheLast() {
    Customer customer = Customer.seenAt(at(0), UTC.of(at(0)) + 7);
    customer.apply(call(0).build(), UTC);
    CustomerSnapshot midnight = customer.reachMidnight(UTC);
    assertThat(midnight.asOf()).isEqualTo(MIDNIGHT.plus(Duration.ofDays(7)).minusMillis(1));
    assertThat(midnight.usesLast7Days()).isEqualTo(1);
    assertThat(midnight.daysSinceUse()).isEqualTo(6);
    customer.passMidnight(UTC.of(at(0)) + 8);
    assertThat(customer.reachMidnight(UTC).usesLast7Days()).isZero();
  }

  @Test
  void responseTimesAndErrorsAreThoseOfApiCalls() {
    Customer customer =
        after(
            call(0).with("response_time_ms", "100").with("status_code", "500"),
            call(0).with("response_time_ms", "50.5").with("status_code", "499"),
            feature(0, "export"));
    CustomerSnapshot snapshot = customer.snapshot(UTC);
    // (100 + 50.5) ÷ 2
    assertThat(snapshot.averageResponseMillis()).isEqualTo(75.25);
    assertThat(snapshot.errorRate()).isEqualTo(0.5);
    assertThat(snapshot.usesLast7Days()).isEqualTo(3);
    assertThat(snapshot.apiCallsLast7Days()).isEqualTo(2);
  }

  @Test
  void featuresAreDistinctAndOfThirtyDays() {
    Customer customer =
        after(feature(0, "old"), feature(1, "export"), feature(30, "export"), feature(30, "new"));
    assertThat(customer.snapshot(UTC).featuresLast30Days()).isEqualTo(2);
    assertThat(after(feature(0, "a"), feature(29, "b")).snapshot(UTC).featuresLast30Days())
        .isEqualTo(2);
  }

  @Test
  void aProducerThatPutsIdentifiersIntoFeaturesFillsNoState() {
    Customer customer = after(feature(0, "first"));
    for (int i = 0; i < 1000; i++) {
      customer.apply(feature(1, "f" + i).build(), UTC);
    }
    assertThat(customer.snapshot(UTC).featuresLast30Days()).isEqualTo(FeatureUse.MOST);
  }

  @Test
  void paymentsRecoverAndAreForgottenAfterThirtyDays() {
    assertThat(after(call(0)).snapshot(UTC).payments()).isEqualTo(PaymentStanding.PAID);
    assertThat(after(payment("failed", 0), call(40)).snapshot(UTC).payments())
        .as("still open")
        .isEqualTo(PaymentStanding.FAILED);
    assertThat(after(payment("failed", 0), payment("succeeded", 29)).snapshot(UTC).payments())
        .isEqualTo(PaymentStanding.RECOVERED);
    assertThat(after(payment("failed", 0), payment("succeeded", 30)).snapshot(UTC).payments())
        .isEqualTo(PaymentStanding.PAID);
    assertThat(after(payment("succeeded", 0), payment("failed", 1)).snapshot(UTC).payments())
        .isEqualTo(PaymentStanding.FAILED);
  }

  @Test
  void ticketsAreOpenUntilTheyAreResolved() {
    CustomerSnapshot snapshot =
        after(
                ticket("opened", "t1", 0),
                ticket("opened", "t2", 0),
                ticket("opened", "t2", 1),
                ticket("resolved", "t1", 2),
                ticket("resolved", "never opened", 2))
            .snapshot(UTC);
    assertThat(snapshot.openTickets()).isEqualTo(1);
    assertThat(snapshot.ticketsOpenedLast30Days()).isEqualTo(3);
  }

  @Test
  void whatALateEventTellsOfWhoItIsFillsGapsAlone() {
    Customer customer =
        after(
            event("customer.created").with("tier", "Team").at(at(5)),
            event("customer.created").with("tier", "Developer").with("country", "DE").at(at(3)));
    assertThat(customer.profile().tier()).isEqualTo("Team");
    assertThat(customer.profile().country()).isEqualTo("DE");
    assertThat(customer.toRow("acme", null).signup()).isEqualTo(at(3));
  }

  @Test
  void noAddressGetsThrough() {
    Customer customer = after(event("customer.created").with("email", "a@example.com").at(at(0)));
    assertThat(customer.profile().emailHash()).isEmpty();
    customer.apply(event("customer.created").with("email", "5f2c").at(at(0)).build(), UTC);
    assertThat(customer.profile().emailHash()).isEqualTo("5f2c");
  }

  @Test
  void theOrderOfWhatIsCountedDoesNotMatter() {
    List<TestEvents> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      events.add(call(i % 40).with("response_time_ms", i + ".7"));
      events.add(feature(i % 33, "f" + i % 7));
    }
    events.add(payment("failed", 20));
    events.add(payment("succeeded", 25));
    CustomerSnapshot inOrder = in(events).snapshot(UTC);
    // a customer that has seen the last day first forgets the same days
    Collections.shuffle(events, new Random(1));
    assertThat(in(events).snapshot(UTC)).isEqualTo(inOrder);
  }

  @Test
  void daysAreThoseOfTheZone() {
    LocalDays berlin = new LocalDays(ZoneId.of("Europe/Berlin"));
    Customer customer = Customer.seenAt(at(0), 0);
    // the clocks go forward on 29 March: 23 hours
    customer.apply(call(0).at("2026-03-28T22:59:59Z").build(), berlin);
    customer.apply(call(0).at("2026-03-28T23:00:00Z").build(), berlin);
    customer.apply(call(0).at("2026-03-29T21:59:59Z").build(), berlin);
    customer.apply(call(0).at("2026-03-29T22:00:00Z").build(), berlin);
    assertThat(customer.recentDays.all().values())
        .extracting(day -> day.apiCalls)
        .containsExactly(1L, 2L, 1L);
  }

  @Test
  void comesBackFromItsBytes() throws IOException {
    Customer customer =
        after(
            event("customer.created").with("company_name", "Größe & Co").at(at(0)),
            call(0),
            call(12).with("status_code", "503"),
            feature(12, "export"),
            payment("failed", 13),
            ticket("opened", "t1", 13),
            event("auth.succeeded").at(at(13)),
            event("mrr.moved").with("mrr", "12.5000").at(at(14)));
    customer.score(HealthScore.of(customer.snapshot(UTC), HealthSettings.DEFAULT));
    byte[] bytes = bytes(customer);
    Customer again = CustomerFormat.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    assertThat(again.snapshot(UTC)).isEqualTo(customer.snapshot(UTC));
    assertThat(again.score()).isEqualTo(customer.score());
    assertThat(again.inputs()).isEqualTo(8);
    assertThat(bytes(again)).isEqualTo(bytes);
    assertThat(again.toRow("acme", null)).isEqualTo(customer.toRow("acme", null));
  }

  @Test
  void oneOfWhomNothingIsKnownComesBackToo() throws IOException {
    byte[] bytes = bytes(after(call(0)));
    Customer again = CustomerFormat.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    assertThat(again.profile()).isEqualTo(Profile.UNKNOWN);
    assertThat(again.score()).isNull();
  }

  @Test
  void bytesOfALaterVersionAreRefused() throws IOException {
    byte[] bytes = bytes(after(call(0)));
    bytes[0]++;
    assertThatThrownBy(
            () -> CustomerFormat.read(new DataInputStream(new ByteArrayInputStream(bytes))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void thirtyBusyDaysAreLessThanTwoKilobytes() throws IOException {
    Customer customer =
        after(
            event("customer.created")
                .with("company_name", "Consolidated Instruments of the North")
                .with("industry", "Manufacturing")
                .with("tier", "Enterprise")
                .with("plan", "enterprise-yearly")
                .with("country", "DE")
                .with("email", "0".repeat(64))
                .at(at(0)));
    for (int day = 0; day < 30; day++) {
      for (int i = 0; i < 2000; i++) {
        customer.apply(call(day).with("response_time_ms", "123.4").build(), UTC);
      }
      customer.apply(feature(day, "feature-number-" + day % 10).build(), UTC);
    }
    customer.score(HealthScore.of(customer.snapshot(UTC), HealthSettings.DEFAULT));
    assertThat(bytes(customer)).hasSizeLessThan(1000);
  }

  private static Customer after(TestEvents... events) {
    return in(List.of(events));
  }

  private static Customer in(List<TestEvents> events) {
    Customer customer = null;
    for (TestEvents each : events) {
      Event event = each.build();
      if (customer == null) {
        customer = Customer.seenAt(event.time(), UTC.of(event.time()) + 1);
      }
      customer.apply(event, UTC);
    }
    return customer;
  }

  private static byte[] bytes(Customer customer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CustomerFormat.write(customer, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static TestEvents call(int day) {
    return event("api.request")
        .with("status_code", "200")
        .with("response_time_ms", "10")
        .at(at(day));
  }

  private static TestEvents feature(int day, String feature) {
    return event("feature.used").with("feature", feature).at(at(day));
  }

  private static TestEvents payment(String end, int day) {
    return event("payment." + end).at(at(day));
  }

  private static TestEvents ticket(String what, String id, int day) {
    return event("ticket." + what).with("ticket_id", id).at(at(day));
  }

  /** Noon of that day. */
  private static Instant at(int day) {
    return MIDNIGHT.plus(Duration.ofDays(day)).plus(Duration.ofHours(12));
  }
}
