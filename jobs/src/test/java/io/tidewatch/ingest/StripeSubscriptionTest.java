package io.tidewatch.ingest;

import static io.tidewatch.ingest.StripeRecords.accepted;
import static io.tidewatch.ingest.StripeRecords.assertRejected;
import static io.tidewatch.ingest.StripeRecords.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A subscription's webhook event holds all that a ledger needs. */
class StripeSubscriptionTest {

  private static final String UPDATED = "customer.subscription.updated";

  // The life of a subscription.

  @ParameterizedTest
  @CsvSource({
    "created, active, subscription.started",
    "created, incomplete, subscription.started",
    "updated, past_due, subscription.changed",
    "updated, unpaid, subscription.changed",
    "updated, trialing, subscription.changed",
    "paused, paused, subscription.changed",
    "resumed, active, subscription.changed",
    "deleted, canceled, subscription.canceled",
    "updated, canceled, subscription.canceled",
    "updated, incomplete_expired, subscription.canceled"
  })
  void itsStateDecidesWhatHappened(String happened, String status, String type) {
    Event event = accepted("customer.subscription." + happened, subscription(status, item(1500)));

    assertThat(event.type()).isEqualTo(type);
    assertThat(event.customerId()).isEqualTo("cus_1");
    assertThat(event.get("subscription_id")).isEqualTo("sub_1");
    if (!type.equals("subscription.canceled")) {
      assertThat(event.get("status")).isEqualTo(status);
      assertThat(event.amount()).isEqualByComparingTo("15");
    }
  }

  @ParameterizedTest
  @CsvSource({"active, paused", "past_due, paused", "trialing, trialing", "unpaid, unpaid"})
  void pausedCollectionPausesWhatWouldBePaid(String status, String expected) {
    Event event =
        accepted(
            UPDATED, subscription(status, item(1500), "'pause_collection':{'behavior':'void'},"));
    assertThat(event.get("status")).isEqualTo(expected);
  }

  @Test
  void cancelingAtThePeriodsEndChangesNothingYet() {
    Event event =
        active(
            item(1500),
            "'cancel_at_period_end':true,'cancel_at':1769904000,'trial_end':1767225600,");
    assertThat(event.type()).isEqualTo("subscription.changed");
    assertThat(event.get("status")).isEqualTo("active");
    assertThat(event.get("cancel_at_period_end")).isEqualTo("true");
    assertThat(event.get("cancel_at")).isEqualTo("2026-02-01T00:00:00Z");
    assertThat(event.get("trial_end")).isEqualTo(StripeRecords.CREATED_AT);
  }

  @Test
  void aCancellationTellsItsReason() {
    Event event =
        accepted(
            "customer.subscription.deleted",
            subscription(
                "canceled",
                item(1500),
                "'cancellation_details':{'comment':null,'reason':'payment_failed'},"));
    assertThat(event.get("reason")).isEqualTo("payment_failed");
    assertThat(event.amount()).isNull();
  }

  @Test
  void theEndOfATrialIsAnnouncedAndNotAChange() {
    Event event =
        accepted("customer.subscription.trial_will_end", subscription("trialing", item(1500)));
    assertThat(event.type()).isEqualTo("stripe.customer.subscription.trial_will_end");
    assertThat(event.customerId()).isEqualTo("cus_1");
    assertThat(event.get("object.status")).isEqualTo("trialing");
  }

  // API versions.

  @Test
  void readsThePlanOfTheOldestVersions() {
    Event event =
        accepted(
            UPDATED,
            """
            {'id':'sub_1','object':'subscription','customer':{'id':'cus_1','object':'customer'},
             'status':'active','quantity':3,'current_period_end':1769904000,
             'plan':{'id':'gold','name':'Gold','object':'plan','amount':999,'currency':'eur',
                     'interval':'week','interval_count':2}}
            """);
    assertThat(event.customerId()).isEqualTo("cus_1");
    assertThat(event.amount()).isEqualByComparingTo("9.99");
    assertThat(event.currency()).isEqualTo("EUR");
    assertThat(event.properties())
        .containsAllEntriesOf(
            Map.of(
                "plan", "gold",
                "plan_name", "Gold",
                "quantity", "3",
                "interval", "week",
                "interval_count", "2",
                "current_period_end", "2026-02-01T00:00:00Z"));
  }

  @Test
  void readsThePeriodOfTheItemThatIsDueNext() {
    String items =
        """
        {'current_period_start':1767225600,'current_period_end':1798761600,%s},
        {'current_period_start':1767225600,'current_period_end':1769904000,%s}
        """
            .formatted(members(price(12000, "year")), members(price(1500, "month")));
    Event event = active(items);
    assertThat(event.get("current_period_start")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(event.get("current_period_end")).isEqualTo("2026-02-01T00:00:00Z");
  }

  // Amounts.

  @ParameterizedTest
  @CsvSource({
    "jpy, 500, 500",
    "krw, 12000, 12000",
    "usd, 1050, 10.50",
    "isk, 500, 5.00",
    "ugx, 500, 5.00",
    "huf, 1045, 10.45",
    "kwd, 5120, 5.120",
    "bhd, 10, 0.010"
  })
  void minorUnitsAreStripes(String currency, String minor, String major) {
    Event event =
        active(
            """
                {'price':{'id':'p','currency':'%s','unit_amount':%s,
                          'recurring':{'interval':'month','interval_count':1}}}
                """
                .formatted(currency, minor));
    assertThat(event.get("amount")).isEqualTo(major);
  }

  @Test
  void fractionsOfACentAreKept() {
    // 0.0333 cents × 30,000 = 9.99 dollars, where a unit is too small for an amount of money
    Event event =
        active(
            """
                {'quantity':30000,'price':{'id':'p','currency':'usd','unit_amount':null,
                 'unit_amount_decimal':'0.0333','recurring':{'interval':'month'}}}
                """);
    assertThat(event.amount()).isEqualByComparingTo("9.99");
    assertThat(event.get("quantity")).isEqualTo("1");
  }

  @Test
  void aPackageIsBoughtWhole() {
    // 12 seats in packages of 5, rounded up: 3 packages
    Event event =
        active(
            """
                {'quantity':12,'price':{'id':'p','currency':'usd','unit_amount':1000,
                 'transform_quantity':{'divide_by':5,'round':'up'},
                 'recurring':{'interval':'month'}}}
                """);
    assertThat(event.amount()).isEqualByComparingTo("10");
    assertThat(event.get("quantity")).isEqualTo("3");
  }

  @Test
  void usageAddsNoAmountOfItsOwn() {
    String metered =
        """
        {'price':{'id':'calls','currency':'usd','unit_amount':2,
                  'recurring':{'interval':'month','usage_type':'metered'}}}
        """;
    Event both = active(item(1500) + "," + metered);
    assertThat(both.amount()).isEqualByComparingTo("15");
    assertThat(both.get("plan")).isEqualTo("calls+price_month_1500");
    assertThat(both.get("metered")).isEqualTo("true");

    Event alone = active(metered);
    assertThat(alone.amount()).isZero();
    assertThat(alone.get("metered")).isEqualTo("true");
  }

  @Test
  void severalItemsOfOneIntervalAddUp() {
    String items = item(1500) + ",{'quantity':3," + members(price(700, "month")) + "}";
    Event event = active(items);
    // 15.00 + 3 × 7.00
    assertThat(event.amount()).isEqualByComparingTo("36");
    assertThat(event.get("quantity")).isEqualTo("1");
    assertThat(event.get("interval")).isEqualTo("month");
    assertThat(event.get("plan")).isEqualTo("price_month_1500+price_month_700");
  }

  @Test
  void severalIntervalsBecomeOneMonth() {
    String items = "%s,%s,%s".formatted(item(1000, "year"), item(100, "week"), item(10, "day"));
    Event event = active(items);
    // (10.00 × 1 + 1.00 × 52 + 0.10 × 365) ÷ 12 = 98.50 ÷ 12 = 8.208333…
    assertThat(event.amount()).isEqualByComparingTo("8.2083");
    assertThat(event.get("interval")).isEqualTo("month");
    assertThat(event.get("interval_count")).isEqualTo("1");
  }

  @Test
  void roundsOnceAndHalfEven() {
    String items =
        """
        {'price':{'id':'a','currency':'usd','unit_amount_decimal':'0.01',
                  'recurring':{'interval':'month','interval_count':3}}},
        {'price':{'id':'b','currency':'usd','unit_amount_decimal':'0.01',
                  'recurring':{'interval':'month','interval_count':6}}}
        """;
    Event event = active(items);
    // 0.0001 ÷ 3 + 0.0001 ÷ 6 = 0.00005, a tie, to the even 0.0000
    assertThat(event.amount()).isEqualByComparingTo("0");
  }

  // Discounts.

  @ParameterizedTest
  @CsvSource({
    "forever, null, 11.25",
    "repeating, 1798761600, 11.25",
    "repeating, 1767225600, 15.00",
    "once, null, 15.00"
  })
  void discountsCountWhileTheyRecur(String duration, String end, String amount) {
    Event event =
        active(
            item(1500),
            """
                'discount':{'object':'discount','end':%s,
                            'coupon':{'id':'c','percent_off':25,'duration':'%s'}},
                """
                .formatted(end, duration));
    assertThat(event.amount()).isEqualByComparingTo(amount);
    assertThat(event.properties()).doesNotContainKey("discounts_unknown");
  }

  @ParameterizedTest
  @CsvSource({"500, 25.00", "9900, 0.00"})
  void anAmountIsOffTheWholeAndNeverMoreThanIt(String off, String amount) {
    Event event =
        active(
            "{'quantity':2," + members(price(1500, "month")) + "}",
            """
                'discounts':[{'source':{'coupon':{'amount_off':%s,'currency':'usd',
                                                  'duration':'forever'}}}],
                """
                .formatted(off));
    assertThat(event.amount()).isEqualByComparingTo(amount);
    assertThat(event.get("quantity")).isEqualTo("1");
  }

  @Test
  void discountsOfAnItemAreItsOwnAndFollowEachOther() {
    String half = "{'coupon':{'percent_off':50,'duration':'forever'}}";
    String items =
        "{'discounts':[%s,%s],%s},%s"
            .formatted(half, half, members(price(1000, "month")), item(1500));
    Event event = active(items);
    // 10.00 ÷ 2 ÷ 2 + 15.00
    assertThat(event.amount()).isEqualByComparingTo("17.50");
  }

  @Test
  void aDiscountThatLeavesNoAmountOfMoneyIsExactPerMonth() {
    // 12.34 less 33.33 % is 8.227078 a year, 0.68558983… a month
    Event event =
        active(
            item(1234, "year"),
            "'discount':{'coupon':{'percent_off':33.33,'duration':'forever'}},");
    assertThat(event.amount()).isEqualByComparingTo("0.6856");
    assertThat(event.get("interval")).isEqualTo("month");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'discounts':['di_1'],",
        "'discount':{'source':{'coupon':'c'}},",
        "'discount':{'coupon':{'amount_off':500,'currency':'eur','duration':'forever'}},",
        "'discount':{'coupon':{'percent_off':5,'duration':'forever','applies_to':{}}},"
      })
  void aDiscountThatIsNotToldIsSaidToBeUnknown(String discount) {
    Event event = active(item(1500), discount);
    assertThat(event.amount()).isEqualByComparingTo("15");
    assertThat(event.get("discounts_unknown")).isEqualTo("true");
  }

  @Test
  void anAmountOffSeveralIntervalsIsUnknown() {
    Event event =
        active(
            item(1500) + "," + item(12000, "year"),
            "'discount':{'coupon':{'amount_off':1,'currency':'usd','duration':'forever'}},");
    // 15.00 + 120.00 ÷ 12
    assertThat(event.amount()).isEqualByComparingTo("25");
    assertThat(event.get("discounts_unknown")).isEqualTo("true");
  }

  // What can't be told.

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'price':{'id':'p','currency':'usd','billing_scheme':'tiered','unit_amount':null,"
            + "'recurring':{'interval':'month'}}} | FIELD_MISSING | items.data.price.unit_amount",
        "{'price':{'id':'p','currency':'usd','unit_amount':1,'recurring':null}}"
            + " | FIELD_MISSING | items.data.price.recurring",
        "{'quantity':1} | FIELD_MISSING | items.data.price",
        "7 | FIELD_MISSING | items.data",
        "{'price':{'id':'p','unit_amount':1,'recurring':{'interval':'month'}}}"
            + " | FIELD_MISSING | price.currency",
        "{'price':{'currency':'usd','unit_amount':1,'recurring':{'interval':'month'}}}"
            + " | FIELD_MISSING | plan",
        "{'price':{'id':'p','currency':'usd','unit_amount':1,'recurring':{'interval':'decade'}}}"
            + " | VALUE_NOT_ALLOWED | items.data.price.recurring.interval",
        "{'price':{'id':'p','currency':'usd','unit_amount':1,'recurring':{'interval':'month',"
            + "'interval_count':0}}} | VALUE_NOT_ALLOWED | interval_count",
        "{'quantity':-1,'price':{'id':'p','currency':'usd','unit_amount':1,'recurring':"
            + "{'interval':'month'}}} | VALUE_NOT_ALLOWED | quantity",
        "{'quantity':1.5,'price':{'id':'p','currency':'usd','unit_amount':1,'recurring':"
            + "{'interval':'month'}}} | FIELD_TYPE | quantity",
        "{'price':{'id':'p','currency':'usd','unit_amount':-1,'recurring':{'interval':'month'}}}"
            + " | AMOUNT_NEGATIVE | amount",
        "{'price':{'id':'p','currency':'tide','unit_amount':1,'recurring':{'interval':'month'}}}"
            + " | CURRENCY_INVALID | currency"
      })
  void rejectsAnItemWhosePriceItCannotTell(String item, ReasonCode code, String field) {
    assertRejected(webhook(UPDATED, subscription("active", item)), code, field);
  }

  @Test
  void rejectsWhatItDoesNotKnowInFull() {
    String more = subscription("active", item(1500)).replace("'has_more':false", "'has_more':true");
    assertRejected(webhook(UPDATED, more), ReasonCode.FIELD_MISSING, "there are more");
    assertRejected(
        webhook(UPDATED, subscription("active", item(1500), "'currency':'eur',")),
        ReasonCode.VALUE_NOT_ALLOWED,
        "one currency");
    assertRejected(
        webhook(UPDATED, subscription("dormant", item(1500))),
        ReasonCode.VALUE_NOT_ALLOWED,
        "status");
    assertRejected(
        webhook(UPDATED, subscription("active", item(1500)).replace("'cus_1'", "null")),
        ReasonCode.FIELD_MISSING,
        "customer_id");
  }

  // Monthly revenue.

  static Stream<String[]> normalisations() {
    return StripeSamplesTest.lines("mrr_normalisation.csv").skip(1).map(line -> line.split(","));
  }

  @ParameterizedTest
  @MethodSource("normalisations")
  void aPriceBringsItsMonthlyRevenue(String period, String price, String expected) {
    // cents with decimals, as there are prices of tenths of a cent
    String cents = new BigDecimal(price).movePointRight(2).toPlainString();
    if (period.equals("NO_BILLING_PERIOD")) {
      // what is sold once is invoiced: a payment that no subscription is behind
      Event event =
          accepted("invoice.paid", "{'id':'in_1','currency':'usd','amount_paid':" + cents + "}");
      assertThat(event.type()).isEqualTo("payment.succeeded");
      assertThat(event.get("revenue_type")).isEqualTo("one-time");
      assertThat(new BigDecimal(expected)).isZero();
      return;
    }
    String interval = period.equals("ANNUAL") ? "year" : "month";
    Event event =
        active(
            """
                {'price':{'id':'p','currency':'usd','unit_amount_decimal':'%s',
                          'recurring':{'interval':'%s','interval_count':1}}}
                """
                .formatted(cents, interval));
    assertThat(perMonth(event)).isEqualByComparingTo(expected);
  }

  /** Amount × quantity ÷ interval_count × intervals per month, rounded half-even once. */
  private static BigDecimal perMonth(Event event) {
    int perYear =
        switch (event.get("interval")) {
          case "day" -> 365;
          case "week" -> 52;
          case "month" -> 12;
          case "year" -> 1;
          default -> throw new AssertionError(event.get("interval"));
        };
    return event
        .amount()
        .multiply(new BigDecimal(event.get("quantity")))
        .multiply(BigDecimal.valueOf(perYear))
        .divide(
            new BigDecimal(event.get("interval_count")).multiply(BigDecimal.valueOf(12)),
            4,
            RoundingMode.HALF_EVEN);
  }

  private static Event active(String items) {
    return active(items, "");
  }

  private static Event active(String items, String more) {
    return accepted(UPDATED, subscription("active", items, more));
  }

  private static String subscription(String status, String items) {
    return subscription(status, items, "");
  }

  private static String subscription(String status, String items, String more) {
    return """
        {'id':'sub_1','object':'subscription','customer':'cus_1','status':'%s',%s
         'items':{'object':'list','has_more':false,'data':[%s]}}
        """
        .formatted(status, more, items);
  }

  private static String item(int cents) {
    return item(cents, "month");
  }

  private static String item(int cents, String interval) {
    return "{'quantity':1," + members(price(cents, interval)) + "}";
  }

  private static String members(String price) {
    return "'object':'subscription_item','price':" + price;
  }

  private static String price(int cents, String interval) {
    return """
        {'id':'price_%2$s_%1$d','object':'price','currency':'usd','unit_amount':%1$d,
         'recurring':{'interval':'%2$s','interval_count':1,'usage_type':'licensed'}}
        """
        .formatted(cents, interval);
  }
}
