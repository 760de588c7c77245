package io.tidewatch.metrics;

import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricColumnsTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  /** Of all lengths and signs, some more than a long holds. */
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "-1",
          "0.5",
          "12.25",
          "-0.000000000000000001",
          "999999999999999999",
          "-999999999999999999",
          "99999999999999999.9",
          "123456789012345678901234567890",
          "-123456789012345678901234567890.123456789");

  @ParameterizedTest
  @EnumSource(Aggregate.Function.class)
  void aRowGathersWhatAnAccumulatorDoes(Aggregate.Function function) {
    MetricDefinition metric = metric(function);
    Random random = new Random(function.ordinal());
    MetricColumns columns = new MetricColumns(metric, 0);
    List<MetricAccumulator> expected = new ArrayList<>();
    for (int row = 0; row < 50; row++) {
      expected.add(MetricAccumulator.empty(metric));
    }
    for (int i = 0; i < 2_000; i++) {
      int row = random.nextInt(expected.size());
      int times = 1 + random.nextInt(3);
      TestEvents event =
          event("payment.succeeded")
              .amount(random.nextInt(1_000) + "." + random.nextInt(10), i % 7 == 0 ? "USD" : "EUR")
              .with("number", NUMBERS.get(random.nextInt(NUMBERS.size())));
      Contribution contribution = metric.read(event.build()).orElseThrow();
      boolean wasEmpty = expected.get(row).samples() == 0;
      assertThat(columns.add(row, contribution, times)).isEqualTo(wasEmpty);
      expected.get(row).add(contribution, times);
    }
    for (int row = 0; row < expected.size(); row++) {
      MetricAccumulator accumulator = columns.accumulator(row);
      assertThat(accumulator.samples()).isEqualTo(expected.get(row).samples());
      assertThat(accumulator.currencies()).isEqualTo(expected.get(row).currencies());
      assertThat(measure(metric, accumulator)).isEqualTo(measure(metric, expected.get(row)));
    }
  }

  @Test
  void anEmptyRowIsNothing() {
    MetricDefinition metric = metric(Aggregate.Function.SUM);
    MetricColumns columns = new MetricColumns(metric, 0);
    assertThat(columns.accumulator(0)).isNull();
    columns.add(
        2,
        metric
            .read(event("payment.succeeded").amount("1", "EUR").with("number", "1").build())
            .orElseThrow(),
        1);
    assertThat(columns.accumulator(1)).isNull();
    assertThat(columns.accumulator(1_000)).isNull();
    assertThat(columns.accumulator(2).samples()).isEqualTo(1);
  }

  private static Object measure(MetricDefinition metric, MetricAccumulator accumulator) {
    return accumulator.measure(metric, START, START.plusSeconds(60));
  }

  private static MetricDefinition metric(Aggregate.Function function) {
    String name = function.name().toLowerCase(java.util.Locale.ROOT);
    String aggregate = function == Aggregate.Function.COUNT ? "true" : "number";
    return TestMetrics.catalogue(
            """
            - name: tested
              unit: count
              inputs:
                tested: {event: payment.succeeded, %s: %s}
                paid: {event: payment.succeeded, sum: amount}
              formula: tested + 0 * paid
              windows: [1m]
            """
                .formatted(name, aggregate))
        .metrics()
        .get(0);
  }
}
