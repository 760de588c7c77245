package io.tidewatch.rules;

import io.tidewatch.metrics.Formula;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.MetricInput;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What more events do to a value while its window is open; what they carry is not negative. */
enum Growth {
  NONE,
  UPWARD,
  ANY;

  /** Counts, sums, distincts and maxima, and what is made of them and of fixed budgets. */
  static Growth of(MetricDefinition metric) {
    Map<String, Growth> inputs =
        metric.inputs().stream().collect(Collectors.toMap(MetricInput::name, Growth::of));
    return metric.formula().fold(new OfFormula(name -> inputs.getOrDefault(name, NONE)));
  }

  private static Growth of(MetricInput input) {
    return switch (input.aggregate().function()) {
      case COUNT, SUM, DISTINCT, MAX -> UPWARD;
      case LAST -> NONE;
      case AVG, MIN, P50, P95, P99 -> ANY;
    };
  }

  private Growth and(Growth other) {
    return compareTo(other) > 0 ? this : other;
  }

  private record OfFormula(Function<String, Growth> inputs) implements Formula.Fold<Growth> {
    @Override
    public Growth constant(BigDecimal number) {
      return NONE;
    }

    @Override
    public Growth variable(String name) {
      return inputs.apply(name);
    }

    @Override
    public Growth add(Growth left, Growth right) {
      return left.and(right);
    }

    @Override
    public Growth subtract(Growth left, Growth right) {
      return right == NONE ? left : ANY;
    }

    @Override
    public Growth multiply(Growth left, Growth right) {
      return left.and(right);
    }

    @Override
    public Growth divide(Growth left, Growth right) {
      return right == NONE ? left : ANY;
    }
  }
}
