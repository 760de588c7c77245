package io.tidewatch.clickhouse;

import static io.tidewatch.revenue.MovementKind.CHURN;
import static io.tidewatch.revenue.MovementKind.CONTRACTION;
import static io.tidewatch.revenue.MovementKind.EXPANSION;
import static io.tidewatch.revenue.MovementKind.NEW;
import static io.tidewatch.revenue.MovementKind.REACTIVATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.currency.FxRate;
import io.tidewatch.currency.ReportingCurrency;
import io.tidewatch.event.Event;
import io.tidewatch.revenue.BillingInterval;
import io.tidewatch.revenue.CustomerLedger;
import io.tidewatch.revenue.Movement;
import io.tidewatch.revenue.MovementKind;
import io.tidewatch.revenue.MovementRow;
import io.tidewatch.revenue.SubscriptionChange;
import io.tidewatch.revenue.Terms;
import io.tidewatch.revenue.UnitEconomics;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The views of revenue over a company small enough to compute by hand.
 *
 * <p>Ada pays 100 for basic from January; from March 130 for pro. Bob pays 50 for basic from
 * January and leaves in March. Cleo pays 10 for pro from March and 6 from April. Dan pays 40 for
 * basic from January, leaves in February and is back in April with 20.
 */
class RevenueViewsTest {

  @RegisterExtension static final LiveClickHouse CLICK_HOUSE = new LiveClickHouse();

  private static final UnitEconomics ECONOMICS =
      new UnitEconomics(Optional.of(new BigDecimal("0.8")), new BigDecimal("1000"));

  private final List<MovementRow> movements = new ArrayList<>();

  @BeforeEach
  void theCompany() {
    List.of("mrr_movements", "fact_events", "dim_customers").forEach(CLICK_HOUSE::truncate);
    settings(ZoneOffset.UTC, ECONOMICS);
    moved("ada", "2026-01-01T10:00:00Z", NEW, "0", "100", "basic");
    moved("dan", "2026-01-02T10:00:00Z", NEW, "0", "40", "basic");
    moved("bob", "2026-01-03T23:30:00Z", NEW, "0", "50", "basic");
    moved("dan", "2026-02-10T10:00:00Z", CHURN, "40", "0", "basic");
    moved("ada", "2026-03-05T10:00:00Z", EXPANSION, "100", "130", "pro");
    moved("bob", "2026-03-05T10:00:00Z", CHURN, "50", "0", "basic");
    moved("cleo", "2026-03-06T10:00:00Z", NEW, "0", "10", "pro");
    moved("cleo", "2026-04-06T10:00:00Z", CONTRACTION, "10", "6", "pro");
    moved("dan", "2026-04-07T10:00:00Z", REACTIVATION, "0", "20", "basic");
    CLICK_HOUSE.write(Tables.MRR_MOVEMENTS, movements);
    CLICK_HOUSE
        .client()
        .execute(
            """
            INSERT INTO tidewatch.dim_customers
              (customer_id, tier, country, acquisition_channel, version)
            VALUES ('ada', 'gold', 'DE', 'search', 1), ('bob', 'tin', 'FR', 'search', 1),
              ('cleo', 'tin', 'DE', 'search', 1), ('dan', 'tin', 'FR', 'referral', 1)""");
    CLICK_HOUSE.write(
        Tables.FACT_EVENTS,
        List.of(
            spent("s1", "2026-03-01T00:00:00Z", "150", "search"),
            spent("s2", "2026-03-31T23:59:59.999Z", "100", "search"),
            spent("s3", "2026-03-10T00:00:00Z", "30", "social"),
            spent("s4", "2026-04-10T00:00:00Z", "80", "search")));
  }

  @Test
  void eachDayOpensWithWhatTheDayBeforeClosed() {
    assertThat(
            rows(
                """
                SELECT * FROM tidewatch.v_mrr_daily WHERE day <= '2026-01-04' ORDER BY day"""))
        // day, opening, new, expansion, contraction, churn, reactivation, net, closing
        .containsExactly(
            "2026-01-01 0 100 0 0 0 0 100 100",
            "2026-01-02 100 40 0 0 0 0 40 140",
            "2026-01-03 140 50 0 0 0 0 50 190",
            "2026-01-04 190 0 0 0 0 0 0 190");
    assertThat(rows("SELECT * FROM tidewatch.v_mrr_daily WHERE day = '2026-03-05'"))
        // 150 + 30 − 50
        .containsExactly("2026-03-05 150 0 30 0 50 0 -20 130");
    assertThat(rows("SELECT min(day), max(day), count() FROM tidewatch.v_mrr_daily"))
        // 31 + 28 + 31 + 7 days
        .containsExactly("2026-01-01 2026-04-07 97");
  }

  @Test
  void monthsAddUpTheirDays() {
    assertThat(rows("SELECT * FROM tidewatch.v_mrr_monthly ORDER BY month"))
        .containsExactly(
            "2026-01-01 0 190 0 0 0 0 190 190",
            "2026-02-01 190 0 0 0 40 0 -40 150",
            "2026-03-01 150 10 30 0 50 0 -10 140",
            "2026-04-01 140 0 0 4 0 20 16 156");
  }

  @Test
  void daysBeginAtLocalMidnight() {
    // 23:30 in London is past midnight in Berlin
    settings(ZoneId.of("Europe/Berlin"), ECONOMICS);
    assertThat(newOn("2026-01-04")).isEqualTo("50");
    settings(ZoneOffset.ofHours(-14), ECONOMICS);
    assertThat(newOn("2026-01-03")).isEqualTo("50");
    settings(ZoneOffset.ofHoursMinutes(0, 30), ECONOMICS);
    assertThat(newOn("2026-01-04")).isEqualTo("50");
  }

  @Test
  void unitEconomicsOfAllCustomers() {
    // Ada 100 and Bob 50 were there at the start of March; Ada gave 30 more, Bob left, Cleo came.
    Map<String, String> march = economics("2026-03-01", "", "");
    assertThat(march)
        .containsEntry("mrr", "140")
        .containsEntry("paying_customers", "2")
        .containsEntry("customers_at_start", "2")
        .containsEntry("new_customers", "1")
        .containsEntry("arr", "1680");
    // 140 ÷ 2
    assertNumber(march, "arpu", 70);
    // (150 + 30 − 50) ÷ 150
    assertNumber(march, "nrr", 130 / 150.0);
    // (150 − 50) ÷ 150
    assertNumber(march, "grr", 100 / 150.0);
    assertNumber(march, "logo_churn", 1 / 2.0);
    assertNumber(march, "revenue_churn", 50 / 150.0);
    // 70 × 0.8 ÷ (50 ÷ 150)
    assertNumber(march, "ltv", 168);
    // (150 + 100 + 30 on ads + 1000) ÷ 1 new customer
    assertNumber(march, "cac", 1280);
    // 1280 ÷ (70 × 0.8)
    assertNumber(march, "payback_months", 1280 / 56.0);
    // (10 + 30) ÷ 50
    assertNumber(march, "quick_ratio", 0.8);
  }

  @Test
  void whoCameBackIsNeitherRetainedNorNew() {
    // At the start of April: Ada 130, Cleo 10. Cleo gives 4 less, Dan is back with 20.
    Map<String, String> april = economics("2026-04-01", "", "");
    assertNumber(april, "nrr", 136 / 140.0);
    assertNumber(april, "grr", 136 / 140.0);
    assertNumber(april, "logo_churn", 0);
    assertNumber(april, "revenue_churn", 4 / 140.0);
    assertNumber(april, "quick_ratio", 5);
    assertThat(april).containsEntry("new_customers", "0").containsEntry("mrr", "156");
  }

  @Test
  void whatCanNotBeDividedIsNull() {
    Map<String, String> january = economics("2026-01-01", "", "");
    // nobody was there at its start, nothing was lost
    for (String none : List.of("nrr", "grr", "logo_churn", "revenue_churn", "ltv", "quick_ratio")) {
      assertThat(january.get(none)).as(none).isNull();
    }
    Map<String, String> february = economics("2026-02-01", "", "");
    // no new customer
    assertThat(february.get("cac")).isNull();
    assertThat(february.get("payback_months")).isNull();
    assertNumber(february, "quick_ratio", 0);
  }

  @Test
  void aMarginThatIsNotKnownIsNotGuessed() {
    settings(ZoneOffset.UTC, UnitEconomics.UNKNOWN);
    Map<String, String> march = economics("2026-03-01", "", "");
    assertThat(march.get("ltv")).isNull();
    assertThat(march.get("payback_months")).isNull();
    assertNumber(march, "cac", 280);
  }

  @Test
  void anUpgradeCountsForThePlanThatWasLeftAndItsRevenueForTheNewOne() {
    // Ada 100 and Bob 50 began March with basic
    Map<String, String> basic = economics("2026-03-01", "plan", "basic");
    assertNumber(basic, "nrr", 130 / 150.0);
    assertNumber(basic, "logo_churn", 0.5);
    assertThat(basic).containsEntry("mrr", "0").containsEntry("paying_customers", "0");
    assertThat(basic.get("arpu")).isNull();
    Map<String, String> pro = economics("2026-03-01", "plan", "pro");
    assertThat(pro).containsEntry("mrr", "140").containsEntry("customers_at_start", "0");
    assertThat(pro.get("nrr")).isNull();
    // spend names no plan: a new customer cost what one cost on average, 280 + 1000
    assertNumber(pro, "cac", 1280);
    // 1280 ÷ (140 ÷ 2 × 0.8)
    assertNumber(pro, "payback_months", 1280 / 56.0);
    // nobody was new
    assertThat(basic.get("cac")).isNull();
    assertThat(economics("2026-04-01", "plan", "pro"))
        .containsEntry("customers_at_start", "2")
        .containsEntry("mrr", "136");
  }

  @Test
  void dimensionsOfTheCustomer() {
    // Bob (tin, FR) left; Ada (gold, DE) and Cleo (tin, DE) stay
    assertNumber(economics("2026-03-01", "tier", "gold"), "nrr", 1.3);
    assertNumber(economics("2026-03-01", "tier", "tin"), "nrr", 0);
    assertThat(economics("2026-03-01", "tier", "tin")).containsEntry("mrr", "10");
    assertNumber(economics("2026-03-01", "country", "DE"), "arpu", 70);
    assertNumber(economics("2026-03-01", "country", "FR"), "logo_churn", 1);
    // Cleo came by search, on whose ads 250 were spent; salaries know no channel
    assertNumber(economics("2026-03-01", "channel", "search"), "cac", 250);
    assertNumber(economics("2026-04-01", "channel", "referral"), "arpu", 20);
    assertNumber(economics("2026-03-01", "tier", "tin"), "cac", 1280);
    assertThat(economics("2026-03-01", "tier", "gold").get("cac")).isNull();
    // each dimension's parts add up to the whole
    assertThat(
            rows(
                """
                SELECT DISTINCT sum(mrr), sum(customers_at_start), sum(new_customers)
                FROM tidewatch.v_unit_economics WHERE month = '2026-03-01' GROUP BY dimension"""))
        .containsExactly("140 2 1");
  }

  /** January has three new customers: Ada in Germany, Bob and Dan in France. */
  @Test
  void aCountryHasTheSpendThatNamesItAndItsShareOfTheRest() {
    CLICK_HOUSE.write(
        Tables.FACT_EVENTS,
        List.of(
            shown("a1", "30", "search", "DE"),
            shown("a2", "90", "search", "FR"),
            shown("a3", "7", "search", "IT"),
            shown("a4", "53", "social", "")));
    double rest = (53 + 1000) / 3.0;
    assertNumber(economics("2026-01-01", "country", "DE"), "cac", 30 + rest);
    assertNumber(economics("2026-01-01", "country", "FR"), "cac", 90 / 2.0 + rest);
    assertNumber(economics("2026-01-01", "tier", "gold"), "cac", 1180 / 3.0);
    assertNumber(economics("2026-01-01", "", ""), "cac", 1180 / 3.0);
    // Ada and Bob came by search: 127 ÷ 2
    assertNumber(economics("2026-01-01", "channel", "search"), "cac", 63.5);
    assertNumber(economics("2026-01-01", "channel", "referral"), "cac", 0);
  }

  @Test
  void lifetimeValueOfThoseWhoPay() {
    assertThat(rows("SELECT * FROM tidewatch.v_lifetime_value")).isEmpty();
    CLICK_HOUSE
        .client()
        .execute(
            """
            INSERT INTO tidewatch.dim_customers (customer_id, plan, segment, mrr, remaining_months,
              lifetime_value, lifetime_value_low, lifetime_value_high, version)
            VALUES ('ada', 'pro', 'Champions', 130, 30, 3120, 2600, 3744, 2),
              ('cleo', 'pro', 'Champions', 6, 20, 96, 48, 144, 2),
              ('bob', 'basic', 'Hibernating', 0, 5, 0, 0, 0, 2),
              ('dan', 'basic', 'At Risk', 20, NULL, NULL, NULL, NULL, 2)""");
    assertThat(rows("SELECT * FROM tidewatch.v_lifetime_value ORDER BY plan"))
        // plan, segment, customers, mrr, remaining months, value and its bounds
        .containsExactly(
            "basic At Risk 1 20 null null null null", "pro Champions 2 136 25 3216 2648 3888");
  }

  @Test
  void spendInAnotherCurrencyIsConvertedAtTheRateOfItsDay() {
    new FxRateRows(CLICK_HOUSE.client())
        .write(
            List.of(
                FxRate.parse("2026-02-27", "EUR", "1.1", "USD", 1),
                FxRate.parse("2026-03-09", "EUR", "1.2", "USD", 1)));
    new ReportingSettings(
            ZoneOffset.UTC, Optional.of(new ReportingCurrency("USD", List.of())), ECONOMICS)
        .applyTo(CLICK_HOUSE.client());
    // 150 × 1.1 on the 1st + 30 × 1.2 on the 10th + 1000; on the 31st no rate is younger than a
    // week
    assertNumber(economics("2026-03-01", "", ""), "cac", 165 + 36 + 1000);
  }

  @Test
  void movementsThatCeasedCountNoMore() {
    CLICK_HOUSE.write(
        Tables.MRR_MOVEMENTS,
        List.of(
            new MovementRow("bob", movements.get(5).movement(), true, 7),
            // an older version comes again
            movements.get(5)));
    assertThat(rows("SELECT churn, closing FROM tidewatch.v_mrr_daily WHERE day = '2026-03-05'"))
        .containsExactly("0 180");
  }

  @Test
  void settingsAreReplacedOnlyWhenTheyDiffer() {
    assertThat(settings(ZoneOffset.UTC, ECONOMICS)).isEmpty();
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    assertThat(settings(berlin, ECONOMICS)).hasSize(1);
    assertThat(settings(berlin, ECONOMICS)).isEmpty();
    assertThat(settings(berlin, UnitEconomics.UNKNOWN)).hasSize(1);
    assertThat(
            new ReportingSettings(
                    berlin,
                    Optional.of(new ReportingCurrency("EUR", List.of())),
                    UnitEconomics.UNKNOWN)
                .areThoseOf(CLICK_HOUSE.client()))
        .isFalse();
  }

  @Test
  void retentionOfACohortByMonthAndWeek() {
    CLICK_HOUSE.truncate("fact_events");
    CLICK_HOUSE.write(
        Tables.FACT_EVENTS,
        List.of(
            // someone who only ever got money back belongs to no cohort
            paid("p7", "2026-04-20T00:00:00Z", "payment.refunded", "eve", "5"),
            // a refund of before the first payment is no beginning
            paid("p0", "2026-01-20T00:00:00Z", "payment.refunded", "ada", "5"),
            paid("p1", "2026-03-02T00:00:00Z", "payment.succeeded", "ada", "100"),
            paid("p2", "2026-03-31T00:00:00Z", "payment.succeeded", "bob", "60"),
            paid("p3", "2026-05-01T00:00:00Z", "payment.succeeded", "bob", "50"),
            paid("p4", "2026-05-02T00:00:00Z", "payment.refunded", "ada", "10"),
            paid("p5", "2026-06-01T00:00:00Z", "payment.succeeded", "cleo", "1"),
            paid("p6", "2026-06-01T00:00:00Z", "payment.succeeded", null, "1000")));
    assertThat(rows("SELECT * FROM tidewatch.v_cohort_retention_monthly ORDER BY cohort, period"))
        // cohort, period, customers, active, revenue, logo and revenue retention
        .containsExactly(
            "2026-03-01 0 2 2 160 1 1",
            "2026-03-01 1 2 0 0 0 0",
            // Bob paid 50, Ada got 10 back: 40 ÷ 160
            "2026-03-01 2 2 1 40 0.5 0.25",
            "2026-03-01 3 2 0 0 0 0",
            "2026-06-01 0 1 1 1 1 1");
    assertThat(
            rows(
                """
                SELECT cohort, period, customers, active_customers, revenue
                FROM tidewatch.v_cohort_retention_weekly
                WHERE active_customers > 0 OR revenue != 0 ORDER BY cohort, period"""))
        .containsExactly(
            // a Monday; 2 May is in the week of 27 April, 8 weeks later
            "2026-03-02 0 1 1 100",
            "2026-03-02 8 1 0 -10",
            "2026-03-30 0 1 1 60",
            "2026-03-30 4 1 1 50",
            "2026-06-01 0 1 1 1");
  }

  /** Closing is what a plain walk through all changes gives, however they came and how often. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void randomLivesAddUpEachDayHoweverTheyCame(long seed) {
    CLICK_HOUSE.truncate("mrr_movements");
    Random random = new Random(seed);
    List<SubscriptionChange> all = new ArrayList<>();
    List<MovementRow> rows = new ArrayList<>();
    for (int customer = 0; customer < 30; customer++) {
      List<SubscriptionChange> life = randomLife(random, "c" + customer);
      List<SubscriptionChange> sent = new ArrayList<>(life);
      sent.addAll(life.subList(0, life.size() / 2));
      Collections.shuffle(sent, random);
      rows.addAll(rowsOf("c" + customer, sent));
      all.addAll(life);
    }
    Collections.shuffle(rows, random);
    CLICK_HOUSE.write(Tables.MRR_MOVEMENTS, rows);

    BigDecimal closing = BigDecimal.ZERO;
    List<Map<String, String>> days =
        CLICK_HOUSE.client().query("SELECT * FROM tidewatch.v_mrr_daily ORDER BY day");
    assertThat(days).hasSizeGreaterThan(20);
    for (Map<String, String> day : days) {
      assertThat(number(day, "opening")).isEqualByComparingTo(closing);
      closing =
          closing
              .add(number(day, "new"))
              .add(number(day, "expansion"))
              .add(number(day, "reactivation"))
              .subtract(number(day, "contraction"))
              .subtract(number(day, "churn"));
      assertThat(number(day, "closing"))
          .as(day.get("day"))
          .isEqualByComparingTo(closing)
          .isEqualByComparingTo(revenueAfter(LocalDate.parse(day.get("day")), all));
    }
  }

  private static List<SubscriptionChange> randomLife(Random random, String customer) {
    List<SubscriptionChange> life = new ArrayList<>();
    int changes = 1 + random.nextInt(12);
    for (int i = 0; i < changes; i++) {
      BigDecimal amount = BigDecimal.valueOf(random.nextInt(4) * 1_001L, 2);
      life.add(
          new SubscriptionChange(
              Instant.parse("2026-01-10T00:00:00Z").plusSeconds(random.nextInt(28 * 86_400)),
              SubscriptionChange.Kind.CHANGED,
              customer + "-" + i,
              customer + "-s" + random.nextInt(2),
              "pro",
              new Terms(BillingInterval.MONTH, 1, 1),
              "EUR",
              amount,
              BigDecimal.ONE));
    }
    return life;
  }

  private static List<MovementRow> rowsOf(String customer, List<SubscriptionChange> sent) {
    List<MovementRow> rows = new ArrayList<>();
    CustomerLedger ledger = CustomerLedger.EMPTY;
    for (SubscriptionChange change : sent) {
      CustomerLedger.Applied applied = ledger.apply(change).orElseThrow();
      ledger = applied.ledger();
      for (Movement movement : applied.moved()) {
        rows.add(new MovementRow(customer, movement, false, ledger.changes()));
      }
      for (Movement movement : applied.ceased()) {
        rows.add(new MovementRow(customer, movement, true, ledger.changes()));
      }
    }
    return rows;
  }

  private static BigDecimal revenueAfter(LocalDate day, List<SubscriptionChange> changes) {
    Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Map<String, BigDecimal> subscriptions = new HashMap<>();
    changes.stream()
        .sorted()
        .filter(change -> change.time().isBefore(end))
        .forEach(change -> subscriptions.put(change.subscriptionId(), change.originalAmount()));
    return subscriptions.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal number(Map<String, String> row, String column) {
    return new BigDecimal(row.get(column));
  }

  private static String newOn(String day) {
    return CLICK_HOUSE.value(
        "SELECT new FROM tidewatch.v_mrr_daily WHERE day = '%s'".formatted(day));
  }

  private static List<String> settings(ZoneId zone, UnitEconomics economics) {
    return new ReportingSettings(zone, Optional.empty(), economics).applyTo(CLICK_HOUSE.client());
  }

  private static Map<String, String> economics(String month, String dimension, String value) {
    List<Map<String, String>> found =
        CLICK_HOUSE
            .client()
            .query(
                """
                SELECT * FROM tidewatch.v_unit_economics
                WHERE month = '%s' AND dimension = '%s' AND value = '%s'"""
                    .formatted(month, dimension, value));
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static void assertNumber(Map<String, String> row, String column, double expected) {
    assertThat(row.get(column)).as(column).isNotNull();
    assertThat(Double.parseDouble(row.get(column))).as(column).isCloseTo(expected, within(1e-9));
  }

  private static List<String> rows(String query) {
    return CLICK_HOUSE.client().query(query).stream()
        .map(row -> String.join(" ", row.values()))
        .toList();
  }

  private void moved(
      String customer, String time, MovementKind kind, String before, String after, String plan) {
    Movement movement =
        new Movement(
            customer + movements.size(),
            Instant.parse(time),
            kind,
            new BigDecimal(before),
            new BigDecimal(after),
            "subscription of " + customer,
            plan,
            "EUR",
            new BigDecimal(after));
    movements.add(new MovementRow(customer, movement, false, movements.size()));
  }

  private static Event spent(String id, String time, String amount, String channel) {
    return fact(id, time, "ad.spend", null, amount, Map.of("channel", channel));
  }

  private static Event shown(String id, String amount, String channel, String country) {
    return fact(
        id,
        "2026-01-15T00:00:00Z",
        "ad.spend",
        null,
        amount,
        Map.of("channel", channel, "country", country));
  }

  private static Event paid(String id, String time, String type, String customer, String amount) {
    return fact(id, time, type, customer, amount, Map.of());
  }

  private static Event fact(
      String id,
      String time,
      String type,
      String customer,
      String amount,
      Map<String, String> properties) {
    return new Event(
        "test",
        id,
        type,
        Instant.parse(time),
        Instant.parse(time),
        customer,
        null,
        null,
        null,
        new BigDecimal(amount),
        "EUR",
        properties,
        false,
        Event.NEVER_LATE);
  }
}
