package io.tidewatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.config.Problems;
import io.tidewatch.event.EventCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The names, dimensions and windows that dashboards rely on. */
class ShippedMetricsTest {

  private static final List<String> BY_CAMPAIGN = List.of("[campaign]", "[channel]", "[country]");
  private static final List<String> BY_COST =
      List.of("[campaign]", "[channel]", "[campaign, channel]");

  private final Problems problems = new Problems();
  private final MetricCatalogue catalogue =
      MetricCatalogue.load(
          Path.of(System.getProperty("tidewatch.home"), "flink-conf", "metrics.yaml"),
          EventCatalogue.names(),
          problems);

  @Test
  void loadWithoutProblems() {
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void nameOnlyEventsOfTheCatalogueDerivedOnesAndRecords() {
    assertThat(catalogue.metrics())
        .flatExtracting(MetricDefinition::inputs)
        .flatExtracting(input -> input.events().types())
        .allMatch(
            type ->
                EventCatalogue.names().contains(type)
                    || type.startsWith("record.")
                    || InternalEvents.DERIVED.contains(type));
    assertThat(catalogue.intervals())
        .flatExtracting(IntervalDefinition::from, IntervalDefinition::to)
        .flatExtracting(types -> (List<?>) types)
        .allMatch(EventCatalogue.names()::contains);
  }

  @Test
  void haveTheNamesAndDimensionsOfTheContract() {
    Map<String, List<String>> expected = new TreeMap<>();
    put(
        expected,
        List.of("[plan]", "[country]", "[currency]"),
        "gross_revenue",
        "refunds",
        "net_revenue",
        "payments_succeeded",
        "payments_failed",
        "payment_failure_rate",
        "new_mrr",
        "expansion_mrr",
        "contraction_mrr",
        "churned_mrr",
        "reactivation_mrr");
    put(
        expected,
        List.of("[plan]", "[tier]", "[country]"),
        "mrr",
        "arr",
        "arpu",
        "paying_customers",
        "logo_churn_rate",
        "revenue_churn_rate",
        "average_health",
        "at_risk_customers");
    put(expected, List.of("[category]"), "customers_by_category");
    put(
        expected,
        List.of("[endpoint]", "[country]"),
        "api_requests",
        "api_errors",
        "api_error_rate",
        "response_time_avg",
        "response_time_p95",
        "response_time_p99",
        "compute_units");
    put(
        expected,
        List.of(),
        "active_customers",
        "active_users",
        "new_customers",
        "registrations",
        "activations",
        "failed_logins",
        "time_to_first_value",
        "time_to_activation",
        "workflow_completion_rate",
        "integration_success_rate",
        "forms_completed",
        "demo_requests",
        "trials_started",
        "trials_converted",
        "trial_conversion_rate",
        "conversion_rate",
        "tickets_opened",
        "tickets_resolved",
        "first_response_minutes",
        "resolution_hours",
        "csat",
        "nps",
        "ces");
    put(expected, List.of("[feature]"), "feature_uses", "feature_users");
    put(
        expected,
        List.of("[path]", "[channel]", "[country]", "[device]"),
        "page_views",
        "visitors",
        "page_load_ms");
    put(
        expected,
        BY_CAMPAIGN,
        "ad_impressions",
        "ad_clicks",
        "ad_conversions",
        "click_through_rate",
        "campaign_conversion_rate");
    put(
        expected,
        List.of("[campaign]", "[channel]", "[country]", "[campaign, channel]"),
        "ad_spend");
    put(
        expected,
        BY_COST,
        "cost_per_click",
        "cost_per_thousand",
        "cost_per_conversion",
        "cost_per_lead",
        "return_on_ad_spend");
    put(
        expected,
        List.of("[campaign]"),
        "budget_spent_ratio",
        "emails_sent",
        "emails_opened",
        "emails_clicked",
        "emails_unsubscribed",
        "email_open_rate",
        "email_click_rate");
    put(expected, List.of("[content]"), "content_views", "content_shares", "content_engagement");
    put(
        expected,
        List.of("[segment]"),
        "customers_by_segment",
        "leads",
        "qualified_leads",
        "opportunities_created",
        "opportunities_won",
        "opportunities_lost",
        "win_rate",
        "pipeline_created",
        "won_value",
        "average_contract_value",
        "sales_cycle_days");
    put(
        expected,
        List.of("[service]"),
        "uptime",
        "memory_usage",
        "db_query_ms",
        "errors_raised",
        "critical_errors");
    put(
        expected,
        List.of("[source]"),
        "events_read",
        "events_accepted",
        "events_rejected",
        "events_duplicate",
        "events_no_consent",
        "events_erased",
        "events_accounted",
        "events_late",
        "events_unknown_type",
        "accuracy",
        "completeness",
        "consistency",
        "timeliness_seconds",
        "data_age_seconds");
    Map<String, List<String>> actual = new TreeMap<>();
    catalogue
        .metrics()
        .forEach(
            metric ->
                put(actual, metric.by().stream().map(List::toString).toList(), metric.name()));
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void haveHoursAndDaysUnlessDailyByNature() {
    assertThat(catalogue.metrics())
        .filteredOn(metric -> !metric.name().equals("budget_spent_ratio"))
        .filteredOn(metric -> !isOfMidnight(metric))
        .allSatisfy(
            metric ->
                assertThat(metric.windows()).contains(WindowSize.ONE_HOUR, WindowSize.ONE_DAY));
  }

  @Test
  void waitForTheScoresOfMidnight() {
    assertThat(catalogue.metrics())
        .filteredOn(ShippedMetricsTest::isOfMidnight)
        .hasSize(10)
        .allSatisfy(
            metric -> {
              assertThat(metric.windows()).containsExactly(WindowSize.ONE_DAY);
              assertThat(metric.settlesAfter()).isEqualTo(Duration.ofMinutes(15));
            });
  }

  @Test
  void goByArrivalWhereTheyJudgeRecords() {
    Set<List<List<String>>> bySource = Set.of(List.of(List.of("source")));
    assertThat(catalogue.metrics())
        .allSatisfy(
            metric -> assertThat(metric.arrivalClock()).isEqualTo(bySource.contains(metric.by())));
  }

  @Test
  void areExactWhereMoneyIsAddedUp() {
    assertThat(catalogue.metrics().stream().filter(MetricDefinition::isExact))
        .extracting(MetricDefinition::name)
        .containsExactly(
            "gross_revenue",
            "refunds",
            "net_revenue",
            "new_mrr",
            "expansion_mrr",
            "contraction_mrr",
            "churned_mrr",
            "reactivation_mrr",
            "mrr",
            "ad_spend",
            "pipeline_created",
            "won_value");
  }

  @Test
  void keepTheRollingWindowsOfActiveUsers() {
    assertThat(catalogue.metric("active_users").orElseThrow().rollingDays()).containsExactly(7, 30);
  }

  private static boolean isOfMidnight(MetricDefinition metric) {
    return metric.inputs().stream()
        .anyMatch(input -> input.events().types().contains(InternalEvents.CUSTOMER_SCORED));
  }

  private static void put(
      Map<String, List<String>> metrics, List<String> dimensions, String... names) {
    for (String name : names) {
      metrics.put(name, dimensions);
    }
  }
}
