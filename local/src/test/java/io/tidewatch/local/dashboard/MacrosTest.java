package io.tidewatch.local.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MacrosTest {

  private static final TimeRange DAY =
      new TimeRange(
          Instant.parse("2026-03-01T10:00:00.250Z"), Instant.parse("2026-03-02T10:00:00Z"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$__timeFilter(t) | t >= toDateTime(1772359200) AND t <= toDateTime(1772445600)",
        "$__timeFilter_ms(t) | t >= fromUnixTimestamp64Milli(1772359200250) AND t <= fromUnixTimestamp64Milli(1772445600000)",
        "$__dateFilter(d) | d >= toDate('2026-03-01') AND d <= toDate('2026-03-02')",
        "$__dateTimeFilter(d, t) | d >= toDate('2026-03-01') AND d <= toDate('2026-03-02') AND t >= toDateTime(1772359200) AND t <= toDateTime(1772445600)",
        "$__timeInterval(t) | toStartOfInterval(toDateTime(t), INTERVAL 300 second)",
        "$__timeInterval_ms(t) | toStartOfInterval(toDateTime64(t, 3), INTERVAL 300000 millisecond)",
        "$__timeInterval(toTimeZone(t, 'UTC')) | toStartOfInterval(toDateTime(toTimeZone(t, 'UTC')), INTERVAL 300 second)",
        "$__fromTime - INTERVAL 1 DAY < $__toTime | toDateTime(1772359200) - INTERVAL 1 DAY < toDateTime(1772445600)",
        "$__fromTime_ms | fromUnixTimestamp64Milli(1772359200250)",
        "sum(n) / $__interval_s | sum(n) / 300",
      })
  void timeComesFromTheRange(String sql, String expected) {
    assertThat(macros(Map.of()).expand(sql)).isEqualTo(expected);
  }

  @Test
  void aConditionHoldsForWhatIsChosenAndForAllAlways() {
    String sql = "WHERE $__conditionalAll(plan IN (${plan:singlequote}, f(1, 2)), $plan) AND x";
    assertThat(macros(Map.of("plan", Selection.of("pro", "team"))).expand(sql))
        .isEqualTo("WHERE plan IN ('pro','team', f(1, 2)) AND x");
    assertThat(macros(Map.of("plan", Selection.all(List.of("pro", "team")))).expand(sql))
        .isEqualTo("WHERE 1=1 AND x");
  }

  @Test
  void conditionsOfSeveralVariablesNest() {
    assertThat(
            macros(Map.of("plan", Selection.of("pro"), "customer", Selection.all(List.of("c-1"))))
                .expand(
                    "$__conditionalAll(a IN (SELECT a WHERE $__conditionalAll(c IN ($customer),"
                        + " $customer)), $plan)"))
        .isEqualTo("a IN (SELECT a WHERE 1=1)");
  }

  @Test
  void noValueGetsOutOfItsQuotes() {
    assertThat(
            macros(Map.of("plan", Selection.of("it's", "\\' OR 1=1 --", "$__toTime")))
                .expand("IN (${plan:singlequote})"))
        .startsWith("IN ('it\\'s','\\\\\\' OR 1=1 --','");
  }

  @Test
  void aVariableWithNothingToChooseIsAnEmptyText() {
    assertThat(macros(Map.of("plan", Selection.all(List.of()))).expand("IN (${plan})"))
        .isEqualTo("IN ('')");
  }

  @Test
  void whatIsNotKnownIsRefused() {
    Macros macros = macros(Map.of("plan", Selection.of("pro")));
    assertThatThrownBy(() -> macros.expand("$__unixEpochFilter(t)"))
        .hasMessage("there is no macro $__unixEpochFilter");
    assertThatThrownBy(() -> macros.expand("${channel:singlequote}"))
        .hasMessage("there is no variable channel");
    assertThatThrownBy(() -> macros.expand("${plan:regex}"))
        .hasMessage("the format regex is not known");
    assertThatThrownBy(() -> macros.expand("$__timeFilter(t"))
        .hasMessageStartingWith("a bracket is not closed");
  }

  @ParameterizedTest
  @CsvSource({
    "PT5M, PT1S, PT1S",
    "PT6H, PT1S, PT30S",
    "PT24H, PT1S, PT2M",
    "P30D, PT1S, PT1H",
    "P90D, PT1S, PT3H",
    "P14D, PT24H, PT24H",
    "P3650D, PT24H, P7D"
  })
  void pointsAreARoundTimeApart(Duration length, Duration least, Duration expected) {
    TimeRange range = new TimeRange(Instant.EPOCH, Instant.EPOCH.plus(length));
    assertThat(range.interval(700, least)).isEqualTo(expected);
  }

  private static Macros macros(Map<String, Selection> variables) {
    return new Macros(DAY, Duration.ofMinutes(5), variables);
  }
}
