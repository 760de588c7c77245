package io.tidewatch.ingest;

import static io.tidewatch.ingest.StripeRecords.accepted;
import static io.tidewatch.ingest.StripeRecords.assertRejected;
import static io.tidewatch.ingest.StripeRecords.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stripe tells of one payment in many events; each payment counts once. */
class StripePaymentTest {

  private static final String INVOICE =
      """
      {'id':'in_1','object':'invoice','customer':'cus_1','currency':'jpy','amount_due':2000,
       'amount_paid':1500,'amount_remaining':500,'subscription':'sub_1',
       'customer_address':{'country':'JP'},'status_transitions':{'paid_at':1767225599}}
      """;

  private static final String CHARGE =
      """
      {'id':'ch_1','object':'charge','customer':'cus_1','currency':'usd','amount':2000,
       'amount_captured':2000,'amount_refunded':700,'captured':true,'invoice':null,
       'failure_code':'expired_card','billing_details':{'address':{'country':'FR'}}}
      """;

  // Invoices.

  @ParameterizedTest
  @ValueSource(strings = {"invoice.paid", "invoice.payment_succeeded"})
  void aPaidInvoiceIsAPayment(String type) {
    Event event = accepted(type, INVOICE);
    assertThat(event.type()).isEqualTo("payment.succeeded");
    assertThat(event.get("amount")).isEqualTo("1500");
    assertThat(event.currency()).isEqualTo("JPY");
    assertThat(event.customerId()).isEqualTo("cus_1");
    assertThat(event.get("invoice_id")).isEqualTo("in_1");
    assertThat(event.get("subscription_id")).isEqualTo("sub_1");
    assertThat(event.get("revenue_type")).isEqualTo("subscription");
    assertThat(event.get("country")).isEqualTo("JP");
    assertThat(event.get("stripe_type")).isEqualTo(type);
  }

  @Test
  void anInvoiceIsPaidOnceThoughStripeTellsItTwice() {
    Event one = accepted("invoice.paid", INVOICE);
    Event two = accepted(webhook("invoice.payment_succeeded", INVOICE).replace("evt_1", "evt_2"));
    assertThat(two.id()).isNotEqualTo(one.id());
    assertThat(Deduplication.identity(two)).isEqualTo(Deduplication.identity(one));

    String later = INVOICE.replace("1767225599", "1767225600");
    assertThat(Deduplication.identity(accepted("invoice.paid", later)))
        .isNotEqualTo(Deduplication.identity(one));
    String unknown = INVOICE.replace("'id':'in_1',", "");
    assertThat(Deduplication.identity(accepted("invoice.paid", unknown)))
        .isEqualTo("stripe\nevt_1");
  }

  @Test
  void aFailedInvoiceTellsWhatIsStillDue() {
    Event event =
        accepted(
            "invoice.payment_failed",
            INVOICE.replace("'subscription'", "'charge':{'failure_code':'lost'},'subscription'"));
    assertThat(event.type()).isEqualTo("payment.failed");
    assertThat(event.get("amount")).isEqualTo("500");
    assertThat(event.get("failure_code")).isEqualTo("lost");
    assertThat(event.get("subscription_id")).isEqualTo("sub_1");
  }

  @Test
  void aFailedInvoiceMayHoldTheIntent() {
    Event event =
        accepted(
            "invoice.payment_failed",
            INVOICE.replace(
                "'subscription'",
                "'payment_intent':{'last_payment_error':{'code':'x'}},'subscription'"));
    assertThat(event.get("failure_code")).isEqualTo("x");
  }

  @Test
  void theSubscriptionIsTheParentsSince2025() {
    Event event =
        accepted(
            "invoice.paid",
            INVOICE.replace(
                "'subscription':'sub_1'",
                "'parent':{'subscription_details':{'subscription':'sub_2'}}"));
    assertThat(event.get("subscription_id")).isEqualTo("sub_2");
    assertThat(event.get("revenue_type")).isEqualTo("subscription");
  }

  @Test
  void nothingPaidIsNoPayment() {
    Event event = accepted("invoice.paid", INVOICE.replace("1500", "0"));
    assertThat(event.type()).isEqualTo("stripe.invoice.paid");
    assertThat(event.get("object.amount_paid")).isEqualTo("0");
  }

  // Charges.

  @Test
  void aChargeWithoutAnInvoiceIsAPayment() {
    Event event = accepted("charge.succeeded", CHARGE);
    assertThat(event.type()).isEqualTo("payment.succeeded");
    assertThat(event.amount()).isEqualByComparingTo("20");
    assertThat(event.get("revenue_type")).isEqualTo("one-time");
    assertThat(event.get("charge_id")).isEqualTo("ch_1");
    assertThat(event.get("country")).isEqualTo("FR");

    Event failed = accepted("charge.failed", CHARGE);
    assertThat(failed.type()).isEqualTo("payment.failed");
    assertThat(failed.amount()).isEqualByComparingTo("20");
    assertThat(failed.get("failure_code")).isEqualTo("expired_card");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'invoice':'in_1',", "'invoice':{'id':'in_1'},", ""})
  void aChargeThatHasAnInvoiceOrDoesNotSayIsKept(String invoice) {
    String charge = CHARGE.replace("'invoice':null,", invoice);
    assertThat(accepted("charge.succeeded", charge).type()).isEqualTo("stripe.charge.succeeded");
    assertThat(accepted("charge.failed", charge).type()).isEqualTo("stripe.charge.failed");
    assertThat(accepted("charge.succeeded", charge).amount()).isNull();
  }

  @Test
  void anAuthorisationIsAPaymentWhenItIsCaptured() {
    String held = CHARGE.replace("'captured':true", "'captured':false");
    assertThat(accepted("charge.succeeded", held).type()).isEqualTo("stripe.charge.succeeded");
    assertThat(accepted(refund(held, "0")).type()).isEqualTo("stripe.charge.refunded");

    Event event =
        accepted(
            "charge.captured", CHARGE.replace("'amount_captured':2000", "'amount_captured':1200"));
    assertThat(event.type()).isEqualTo("payment.succeeded");
    assertThat(event.amount()).isEqualByComparingTo("12");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"payment_intent.succeeded", "checkout.session.completed", "invoice.finalized"})
  void whatTellsOfTheSamePaymentOnceMoreIsKept(String type) {
    Event event = accepted(type, CHARGE);
    assertThat(event.type()).isEqualTo("stripe." + type);
    assertThat(event.customerId()).isEqualTo("cus_1");
    assertThat(event.amount()).isNull();
    assertThat(event.get("object.amount")).isEqualTo("2000");
  }

  // Refunds and disputes.

  @ParameterizedTest
  @CsvSource({"0, 7.00", "500, 2.00"})
  void aRefundIsWhatHasBeenAdded(String before, String amount) {
    Event event = accepted(refund(CHARGE, before));
    assertThat(event.type()).isEqualTo("payment.refunded");
    assertThat(event.amount()).isEqualByComparingTo(amount);
    assertThat(event.get("charge_id")).isEqualTo("ch_1");
  }

  @Test
  void theFirstRefundOfOldVersionsIsTheWhole() {
    assertThat(accepted("charge.refunded", CHARGE).amount()).isEqualByComparingTo("7");
  }

  @Test
  void aRefundOfAChargeIsToldByTheCharge() {
    String refund = "{'id':'re_1','amount':700,'currency':'usd','charge':'ch_1','reason':null}";
    assertThat(accepted("refund.created", refund).type()).isEqualTo("stripe.refund.created");

    Event event = accepted("refund.created", refund.replace("'ch_1'", "null"));
    assertThat(event.type()).isEqualTo("payment.refunded");
    assertThat(event.amount()).isEqualByComparingTo("7");
    assertThat(event.get("refund_id")).isEqualTo("re_1");
  }

  @Test
  void aDisputesMoneyGoesAndComesBack() {
    String dispute =
        "{'id':'dp_1','amount':2000,'currency':'usd','charge':'ch_1','reason':'fraudulent'}";
    Event withdrawn = accepted("charge.dispute.funds_withdrawn", dispute);
    assertThat(withdrawn.type()).isEqualTo("payment.refunded");
    assertThat(withdrawn.amount()).isEqualByComparingTo("20");
    assertThat(withdrawn.get("reason")).isEqualTo("fraudulent");

    Event reinstated = accepted("charge.dispute.funds_reinstated", dispute);
    assertThat(reinstated.type()).isEqualTo("payment.succeeded");
    assertThat(reinstated.get("dispute_id")).isEqualTo("dp_1");

    assertThat(accepted("charge.dispute.created", dispute).type())
        .isEqualTo("stripe.charge.dispute.created");
    assertThat(accepted("charge.dispute.closed", dispute).type())
        .isEqualTo("stripe.charge.dispute.closed");
  }

  // What can't be told.

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'currency':'usd'} | FIELD_MISSING | data.object.amount_paid",
        "{'amount_paid':5} | FIELD_MISSING | data.object.currency",
        "{'amount_paid':5,'currency':'tide'} | CURRENCY_INVALID | currency",
        "{'amount_paid':-5,'currency':'usd'} | AMOUNT_NEGATIVE | amount",
        "{'amount_paid':'five','currency':'usd'} | FIELD_TYPE | data.object.amount_paid",
        "{'amount_paid':[5],'currency':'usd'} | FIELD_TYPE | data.object.amount_paid",
        "{'amount_paid':5,'currency':7} | FIELD_TYPE | data.object.currency",
        "{'amount_paid':5,'currency':'usd','customer':7} | FIELD_TYPE | data.object.customer",
        "[] | FIELD_MISSING | data.object"
      })
  void rejectsAPaymentThatItCannotRead(String invoice, ReasonCode code, String field) {
    assertRejected(webhook("invoice.paid", invoice), code, field);
  }

  private static String refund(String charge, String before) {
    return webhook("charge.refunded", charge, "{'amount_refunded':" + before + "}");
  }
}
