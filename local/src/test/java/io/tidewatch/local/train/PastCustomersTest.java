package io.tidewatch.local.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.churn.ChurnFeatures;
import io.tidewatch.local.UserException;
import io.tidewatch.segments.SegmentFeatures;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PastCustomersTest {

  private static final LocalDate AS_OF = LocalDate.parse("2026-03-31");

  @TempDir private Path directory;
  private Warehouse warehouse;

  @BeforeEach
  void open() {
    warehouse = new Warehouse(directory);
    // 30 days before begin on March 1, 7 days before on March 24
    warehouse
        .fact("customer.created", "2026-01-10T12:00:00Z", "acme", "tier", "Developer")
        .fact("subscription.changed", "2026-02-10T12:00:00Z", "acme", "tier", "Team")
        .movement("new", "2026-01-10T12:00:00Z", "acme", "0", "29")
        .movement("expansion", "2026-02-10T12:00:00Z", "acme", "29", "99.5")
        .fact("api.request", "2026-02-28T23:59:59.999Z", "acme", call("200", "900"))
        .fact("api.request", "2026-03-01T00:00:00Z", "acme", call("200", "10"))
        .fact("api.request", "2026-03-23T23:59:59.999Z", "acme", call("503", "20"))
        .fact("api.request", "2026-03-24T00:00:00Z", "acme", call("404", "30"))
        .fact("api.request", "2026-03-28T23:59:59.999Z", "acme", call("200", "60"))
        .fact("feature.used", "2026-03-02T10:00:00Z", "acme", "feature", "alerts")
        .fact("feature.used", "2026-03-02T11:00:00Z", "acme", "feature", "exports")
        .fact("feature.used", "2026-02-02T11:00:00Z", "acme", "feature", "reports")
        .fact("auth.succeeded", "2026-03-20T10:00:00Z", "acme")
        .fact("ticket.opened", "2026-03-05T10:00:00Z", "acme", "ticket_id", "t1")
        .fact("ticket.opened", "2026-02-05T10:00:00Z", "acme", "ticket_id", "t0")
        .fact("payment.failed", "2026-03-30T23:59:59.999Z", "acme", "invoice_id", "i1")
        .fact("customer.created", "2026-03-30T23:00:00Z", "quiet", "tier", "other")
        .movement("new", "2026-03-30T23:00:00Z", "quiet", "0", "10")
        .fact("customer.created", "2026-01-01T00:00:00Z", "gone")
        .movement("new", "2026-01-01T00:00:00Z", "gone", "0", "10")
        .movement("churn", "2026-03-30T23:59:59.999Z", "gone", "10", "0")
        .fact("api.request", "2026-03-30T00:00:00Z", "gone", call("200", "1"))
        .write();
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  @Test
  void knowsHowCustomersWhoPaidWere() {
    // use on March 1, 2, 23, 24 and 28: five active days, the last one two full days ago
    assertThat(warehouse.history().payingAsOf(AS_OF))
        .containsExactly(
            new ObservedCustomer(
                "acme",
                "pro",
                new ChurnFeatures(79, 2, 4, 30, 0.25, 0.4, 1, 10, 99.5, 2, 1),
                new SegmentFeatures(0.8, 30, 0.4, 0.2, 99.5, 2, 2)),
            new ObservedCustomer(
                "quiet",
                "pro",
                new ChurnFeatures(0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0),
                new SegmentFeatures(0, Double.NaN, 0, 0, 10, 0, 0)));
  }

  /** Whatever happens from midnight on, the past stays what it was. */
  @Test
  void usesNothingFromTheDateOn() {
    List<ObservedCustomer> before = warehouse.history().payingAsOf(AS_OF);
    for (String time : List.of("2026-03-31T00:00:00Z", "2026-04-02T08:00:00Z")) {
      for (String customer : List.of("acme", "quiet", "gone", "later")) {
        warehouse
            .fact("customer.created", time, customer, "tier", "Enterprise")
            .fact("subscription.started", time, customer, "tier", "Enterprise")
            .fact("subscription.changed", time, customer, "tier", "Enterprise")
            .fact("subscription.canceled", time, customer, "subscription_id", "s")
            .fact("api.request", time, customer, call("500", "9000"))
            .fact("feature.used", time, customer, "feature", "new " + time)
            .fact("auth.succeeded", time, customer)
            .fact("ticket.opened", time, customer, "ticket_id", "t9")
            .fact("payment.failed", time, customer, "invoice_id", "i9")
            .movement("expansion", time, customer, "0", "500")
            .movement("churn", time, customer, "2000", "0");
      }
    }
    warehouse.write();
    assertThat(warehouse.history().payingAsOf(AS_OF)).isEqualTo(before);
    assertThat(warehouse.history().payingAsOf(AS_OF.plusDays(1))).isNotEqualTo(before);
  }

  @Test
  void daysAreLocal() {
    PastCustomers newYork = new PastCustomers(warehouse.client(), ZoneId.of("America/New_York"));
    // midnight there is 04:00 UTC: quiet came on the evening before
    assertThat(newYork.payingAsOf(AS_OF).get(1).churn().daysSinceSignup()).isZero();
    assertThat(newYork.payingAsOf(LocalDate.parse("2026-03-30")))
        .extracting(ObservedCustomer::id)
        .containsExactly("acme", "gone");
  }

  @Test
  void knowsWhoLeftWithinDatesAndWhenFirst() {
    warehouse
        .movement("churn", "2026-03-31T00:00:00Z", "at-once", "5", "0")
        .movement("churn", "2026-06-28T23:59:59.999Z", "in-time", "5", "0")
        .movement("churn", "2026-06-29T00:00:00Z", "too-late", "5", "0")
        .movement("churn", "2026-05-01T00:00:00Z", "twice", "5", "0")
        .movement("churn", "2026-06-01T00:00:00Z", "twice", "5", "0")
        .write();
    assertThat(warehouse.history().leftBetween(AS_OF, AS_OF.plusDays(90)))
        .containsOnlyKeys("at-once", "in-time", "twice")
        .containsEntry("twice", LocalDate.parse("2026-05-01"));
  }

  @Test
  void saysWhatHistoryIsMissing() {
    PastCustomers history = warehouse.history();
    assertThat(history.reach())
        .hasValue(
            new PastCustomers.Reach(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-03-30")));
    assertThatThrownBy(() -> new ChurnTraining(history).train(AS_OF))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Churn needs 210 days of revenue before 2026-03-31 to learn from and to test on; it is"
                + " known since 2026-01-01.");
    assertThatThrownBy(() -> new ChurnTraining(history).train(AS_OF.plusDays(200)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Churn needs at least 30 cancellations within 90 days and as many customers who stayed"
                + " to learn from; there are 2 and 4.");
    assertThatThrownBy(() -> new SegmentTraining(history).train(AS_OF))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Segments need at least 50 paying customers, not all alike; as of 2026-03-31 there are"
                + " 2 of 2 kinds.");
  }

  private static String[] call(String status, String milliseconds) {
    return new String[] {
      "endpoint",
      "/inference",
      "method",
      "POST",
      "status_code",
      status,
      "response_time_ms",
      milliseconds
    };
  }
}
