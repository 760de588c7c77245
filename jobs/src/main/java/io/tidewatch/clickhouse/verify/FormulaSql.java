package io.tidewatch.clickhouse.verify;

import io.tidewatch.metrics.Formula;
import java.math.BigDecimal;
import java.util.Map;

/** A formula as an expression over Float64: NULL after a division by zero. */
class FormulaSql implements Formula.Fold<String> {

  private final Map<String, String> names;

  /**
   * @param names the expression of each name that the formula may use
   */
  FormulaSql(Map<String, String> names) {
    this.names = names;
  }

  @Override
  public String constant(BigDecimal number) {
    return "toFloat64(%s)".formatted(number.toPlainString());
  }

  @Override
  public String variable(String name) {
    return names.get(name);
  }

  @Override
  public String add(String left, String right) {
    return "(%s + %s)".formatted(left, right);
  }

  @Override
  public String subtract(String left, String right) {
    return "(%s - %s)".formatted(left, right);
  }

  @Override
  public String multiply(String left, String right) {
    return "(%s * %s)".formatted(left, right);
  }

  @Override
  public String divide(String left, String right) {
    return "(%s / nullIf(%s, 0))".formatted(left, right);
  }

  /** An additive formula as an exact decimal. */
  static final class Exact extends FormulaSql {

    Exact(Map<String, String> names) {
      super(names);
    }

    @Override
    public String constant(BigDecimal number) {
      return EventSql.decimal(number.toPlainString());
    }

    @Override
    public String multiply(String left, String right) {
      throw new IllegalArgumentException("A product is not kept exact");
    }

    @Override
    public String divide(String left, String right) {
      throw new IllegalArgumentException("A quotient is not kept exact");
    }
  }
}
