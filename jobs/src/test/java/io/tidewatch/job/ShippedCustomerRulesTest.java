package io.tidewatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertStatus;
import io.tidewatch.alert.Severity;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.MetricRuleEvaluator;
import io.tidewatch.rules.SeriesOfWindows;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules on what customers were at the end of a day, from one day to the next. */
class ShippedCustomerRulesTest {

  private static final TidewatchSettings SETTINGS = ShippedSettings.load();

  @ParameterizedTest
  @CsvSource({
    "average_health_drop, MEDIUM, 80, 71.9",
    "at_risk_customers_up, HIGH, 0, 6",
    "at_risk_customers_up, HIGH, 10, 16",
    "churn_rate_up, HIGH, 0.01, 0.031"
  })
  void fires(String rule, Severity severity, double dayBefore, double day) {
    assertThat(alerts(rule, dayBefore, day))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.status()).isEqualTo(AlertStatus.FIRING);
              assertThat(alert.profile().severity()).isEqualTo(severity);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "average_health_drop, 80, 72.1",
    "average_health_drop, 70, 90",
    "at_risk_customers_up, 10, 15",
    "at_risk_customers_up, 10, 0",
    "churn_rate_up, 0.01, 0.029"
  })
  void doesNotFire(String rule, double dayBefore, double day) {
    assertThat(alerts(rule, dayBefore, day)).isEmpty();
  }

  private static List<Alert> alerts(String name, double dayBefore, double day) {
    MetricRule rule =
        SETTINGS.rules().of(MetricRule.class).stream()
            .filter(one -> one.profile().rule().equals(name))
            .findAny()
            .orElseThrow();
    List<Alert> alerts = new ArrayList<>();
    new MetricRuleEvaluator(ZoneOffset.UTC)
        .onWindow(
            rule,
            null,
            SeriesOfWindows.days(rule.metric()).closed("00:00", day),
            end -> dayBefore,
            alerts::add);
    return alerts;
  }
}
