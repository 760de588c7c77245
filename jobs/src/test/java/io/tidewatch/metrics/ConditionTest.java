package io.tidewatch.metrics;

import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'>= 500'      | 500   | true",
        "'>= 500'      | 499.9 | false",
        "'>500'        | 500   | false",
        "'< 500'       | 499   | true",
        "'<= 500'      | 500.0 | true",
        "'<= 500'      | abc   | false",
        "'= 5'         | 5.0   | true",
        "'!= free'     | pro   | true",
        "'!= free'     | free  | false",
        "'!= 5'        | 5.00  | false",
        "'!= free'     |       | false",
        "nps           | nps   | true",
        "nps           | csat  | false",
        "9             | 9.0   | true",
        "true          | true  | true",
        "[error, fatal]| fatal | true",
        "[error, fatal]| warn  | false",
        "[1, 2]        | 2.00  | true"
      })
  void holds(String where, String value, boolean expected) {
    MetricDefinition metric =
        TestMetrics.metric(
            Unit.COUNT, "event: any, where: {p: " + quoted(where) + "}, count: true");
    TestEvents event = event("any.thing");
    if (value != null) {
      event.with("p", value);
    }
    assertThat(metric.read(event.build()).isPresent()).isEqualTo(expected);
  }

  private static String quoted(String where) {
    return where.startsWith("[") ? where : "\"" + where + "\"";
  }
}
