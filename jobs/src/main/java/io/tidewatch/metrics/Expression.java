package io.tidewatch.metrics;

import java.io.Serializable;
import java.math.BigDecimal;

/** A node of a formula. Its values are given in the order of the formula's names. */
sealed interface Expression extends Serializable {

  /** The value; NaN after a division by zero. */
  double evaluate(double[] values);

  /** The exact value, if {@link #isAdditive()}. */
  BigDecimal evaluate(BigDecimal[] values);

  /** Whether it at most adds and subtracts. */
  boolean isAdditive();

  boolean uses(int index);

  /** Whether anything is divided in it. */
  boolean divides();

  <R> R fold(Formula.Fold<R> fold);

  record Constant(BigDecimal number) implements Expression {

    @Override
    public double evaluate(double[] values) {
      return number.doubleValue();
    }

    @Override
    public boolean divides() {
      return false;
    }

    @Override
    public BigDecimal evaluate(BigDecimal[] values) {
      return number;
    }

    @Override
    public boolean isAdditive() {
      return true;
    }

    @Override
    public boolean uses(int index) {
      return false;
    }

    @Override
    public <R> R fold(Formula.Fold<R> fold) {
      return fold.constant(number);
    }

    @Override
    public String toString() {
      return number.stripTrailingZeros().toPlainString();
    }
  }

  record Variable(int index, String name) implements Expression {

    @Override
    public double evaluate(double[] values) {
      return values[index];
    }

    @Override
    public boolean divides() {
      return false;
    }

    @Override
    public BigDecimal evaluate(BigDecimal[] values) {
      return values[index];
    }

    @Override
    public boolean isAdditive() {
      return true;
    }

    @Override
    public boolean uses(int index) {
      return this.index == index;
    }

    @Override
    public <R> R fold(Formula.Fold<R> fold) {
      return fold.variable(name);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  record Binary(Operator operator, Expression left, Expression right) implements Expression {

    @Override
    public double evaluate(double[] values) {
      double a = left.evaluate(values);
      double b = right.evaluate(values);
      return switch (operator) {
        case ADD -> a + b;
        case SUBTRACT -> a - b;
        case MULTIPLY -> a * b;
        case DIVIDE -> b == 0 ? Double.NaN : a / b;
      };
    }

    @Override
    public BigDecimal evaluate(BigDecimal[] values) {
      BigDecimal a = left.evaluate(values);
      BigDecimal b = right.evaluate(values);
      return switch (operator) {
        case ADD -> a.add(b);
        case SUBTRACT -> a.subtract(b);
        case MULTIPLY, DIVIDE -> throw new IllegalStateException("not additive: " + this);
      };
    }

    @Override
    public boolean isAdditive() {
      return operator.isAdditive() && left.isAdditive() && right.isAdditive();
    }

    @Override
    public boolean uses(int index) {
      return left.uses(index) || right.uses(index);
    }

    @Override
    public boolean divides() {
      return operator == Operator.DIVIDE || left.divides() || right.divides();
    }

    @Override
    public <R> R fold(Formula.Fold<R> fold) {
      R a = left.fold(fold);
      R b = right.fold(fold);
      return switch (operator) {
        case ADD -> fold.add(a, b);
        case SUBTRACT -> fold.subtract(a, b);
        case MULTIPLY -> fold.multiply(a, b);
        case DIVIDE -> fold.divide(a, b);
      };
    }

    @Override
    public String toString() {
      return "(" + left + " " + operator.symbol() + " " + right + ")";
    }
  }

  /** The arithmetic that formulas know. */
  enum Operator {
    ADD('+'),
    SUBTRACT('-'),
    MULTIPLY('*'),
    DIVIDE('/');

    private final char symbol;

    Operator(char symbol) {
      this.symbol = symbol;
    }

    char symbol() {
      return symbol;
    }

    boolean isAdditive() {
      return this == ADD || this == SUBTRACT;
    }
  }
}
