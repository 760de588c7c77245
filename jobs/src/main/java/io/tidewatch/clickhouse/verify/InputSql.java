package io.tidewatch.clickhouse.verify;

import io.tidewatch.metrics.Aggregate;
import io.tidewatch.metrics.MetricInput;

/**
 * One input of a metric: what an event gives to it and the aggregate over what they gave.
 *
 * <p>An event's part has two columns: {@code takes_i}, whether it gives anything, and {@code
 * gives_i}, what.
 */
final class InputSql {

  /** The job counts different values exactly up to here, then within 1 %. */
  private static final int EXACT_DISTINCT = 10_000;

  /** The job takes exact percentiles of so many samples, then within 1 % of rank. */
  private static final int EXACT_SAMPLES = 1_000;

  private final MetricInput input;
  private final int index;

  InputSql(MetricInput input, int index) {
    this.input = input;
    this.index = index;
  }

  String takes() {
    return "takes_" + index;
  }

  private String gives() {
    return "gives_" + index;
  }

  /** The two columns of an event. */
  String eventColumns() {
    return "%1$s AS %2$s,\n      ifNull(%3$s, 0)%4$s AS %5$s"
        .formatted(
            reading(),
            gives(),
            EventSql.matches(input.events(), input.where()),
            function() == Aggregate.Function.COUNT ? "" : " AND %s IS NOT NULL".formatted(gives()),
            takes());
  }

  private String reading() {
    return switch (function()) {
      case COUNT -> "1";
      case DISTINCT -> EventSql.firstText(input.aggregate().properties());
      case SUM, AVG, MIN, MAX, LAST, P50, P95, P99 ->
          EventSql.number(input.aggregate().properties().get(0));
    };
  }

  /** Whether the job gives it within bounds only. */
  boolean isApproximate() {
    return switch (function()) {
      case DISTINCT, P50, P95, P99 -> true;
      case COUNT, SUM, AVG, MIN, MAX, LAST -> false;
    };
  }

  /** The exact value as Nullable(Float64). */
  String value() {
    return switch (function()) {
      case COUNT -> "toFloat64(countIf(%s))".formatted(takes());
      case SUM -> "toFloat64(%s)".formatted(decimal());
      case AVG -> present("toFloat64(%s) / countIf(%s)".formatted(sum(), takes()));
      case MIN -> present("toFloat64(minIf(assumeNotNull(%s), %s))".formatted(gives(), takes()));
      case MAX -> present("toFloat64(maxIf(assumeNotNull(%s), %s))".formatted(gives(), takes()));
      case LAST ->
          present(
              "toFloat64(argMaxIf(assumeNotNull(%s), (time, source, event_id), %s))"
                  .formatted(gives(), takes()));
      case DISTINCT -> present("toFloat64(%s)".formatted(distinct()));
      case P50, P95, P99 -> present(atRank(rank()));
    };
  }

  /** The least that the job may say. */
  String low() {
    return switch (function()) {
      case DISTINCT ->
          present(
              "toFloat64(%1$s) * if(%1$s > %2$d, 0.99, 1)".formatted(distinct(), EXACT_DISTINCT));
      case P50, P95, P99 ->
          present(
              atRank(
                  "if(%1$s > %2$d, greatest(1, intDiv(%1$s * %3$d, 100)), %4$s)"
                      .formatted(samples(), EXACT_SAMPLES, percent() - 1, rank())));
      case COUNT, SUM, AVG, MIN, MAX, LAST -> value();
    };
  }

  /** The most that the job may say. */
  String high() {
    return switch (function()) {
      case DISTINCT ->
          present(
              "toFloat64(%1$s) * if(%1$s > %2$d, 1.01, 1)".formatted(distinct(), EXACT_DISTINCT));
      case P50, P95, P99 ->
          present(
              atRank(
                  "if(%1$s > %2$d, least(%1$s, intDiv(%1$s * %3$d + 99, 100)), %4$s)"
                      .formatted(samples(), EXACT_SAMPLES, percent() + 1, rank())));
      case COUNT, SUM, AVG, MIN, MAX, LAST -> value();
    };
  }

  /** The exact decimal of a count or a sum. */
  String decimal() {
    return switch (function()) {
      case COUNT -> "toDecimal256(countIf(%s), %d)".formatted(takes(), EventSql.SCALE);
      case SUM -> sum();
      case AVG, MIN, MAX, LAST, DISTINCT, P50, P95, P99 ->
          throw new IllegalArgumentException(function() + " is no exact decimal");
    };
  }

  private Aggregate.Function function() {
    return input.aggregate().function();
  }

  private String sum() {
    return "sumIf(assumeNotNull(%s), %s)".formatted(gives(), takes());
  }

  private String distinct() {
    return "uniqExactIf(assumeNotNull(%s), %s)".formatted(gives(), takes());
  }

  private String samples() {
    return "countIf(%s)".formatted(takes());
  }

  /** The nearest rank: the least one that reaches the percentage. */
  private String rank() {
    return "intDiv(%s * %d + 99, 100)".formatted(samples(), percent());
  }

  private String atRank(String rank) {
    return "toFloat64(arraySort(groupArrayIf(assumeNotNull(%s), %s))[%s])"
        .formatted(gives(), takes(), rank);
  }

  private int percent() {
    return switch (function()) {
      case P50 -> 50;
      case P95 -> 95;
      case P99 -> 99;
      case COUNT, SUM, AVG, MIN, MAX, LAST, DISTINCT ->
          throw new IllegalArgumentException(function() + " is no percentile");
    };
  }

  private String present(String value) {
    return "if(countIf(%s) = 0, NULL, %s)".formatted(takes(), value);
  }
}
