package io.tidewatch.clickhouse;

import io.tidewatch.time.UtcTime;
import java.io.Serializable;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * How rows of type {@code T} are written to one table: the columns in order, each with its getter.
 * The INSERT statement and its binding follow from it.
 *
 * <p>Absent texts are written as '', absent times, decimals and numbers as NULL.
 *
 * @param <T> the row
 */
public final class Table<T> implements Serializable {

  static final String DATABASE = "tidewatch";

  private final String name;
  private final List<Column<T>> columns;

  private Table(String name, List<Column<T>> columns) {
    this.name = name;
    this.columns = columns;
  }

  /** Begins the description of the table of that name. */
  public static <T> Builder<T> named(String name) {
    return new Builder<>(name);
  }

  public String name() {
    return name;
  }

  /** The names of the columns that are written, in the order of the statement's parameters. */
  public List<String> columns() {
    return columns.stream().map(Column::name).toList();
  }

  public String insertSql() {
    return "INSERT INTO %s.%s (%s) VALUES (%s)"
        .formatted(
            DATABASE,
            name,
            columns.stream().map(c -> "`" + c.name() + "`").collect(Collectors.joining(", ")),
            columns.stream().map(c -> "?").collect(Collectors.joining(", ")));
  }

  /** Sets all parameters of {@link #insertSql()}. */
  public void bind(PreparedStatement statement, T row) throws SQLException {
    // The statement has no JDBC escapes; the driver would look for them through a batch's rows.
    statement.setEscapeProcessing(false);
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).bind(statement, i + 1, row);
    }
  }

  /** About how long the row is as text: the characters of its texts, maps and lists. */
  int characters(T row) {
    int characters = 0;
    for (Column<T> column : columns) {
      if (column.length() != null) {
        characters += column.length().of(column.value().apply(row));
      }
    }
    return characters;
  }

  /**
   * The row's value in that column: a text, time, number, decimal, flag, map or list.
   *
   * @param column its place in {@link #columns()}
   */
  public Object value(int column, T row) {
    return columns.get(column).value().apply(row);
  }

  /**
   * @param length null where all values are short
   */
  private record Column<T>(String name, Getter<T, Object> value, Setter setter, Length length)
      implements Serializable {
    private void bind(PreparedStatement statement, int index, T row) throws SQLException {
      setter.set(statement, index, value.apply(row));
    }
  }

  @FunctionalInterface
  private interface Setter extends Serializable {
    void set(PreparedStatement statement, int index, Object value) throws SQLException;
  }

  /** Of a value, in characters. */
  @FunctionalInterface
  private interface Length extends Serializable {
    int of(Object value);
  }

  /** A getter that travels with the sink. */
  @FunctionalInterface
  public interface Getter<T, V> extends Function<T, V>, Serializable {}

  /** A getter of a whole number that travels with the sink. */
  @FunctionalInterface
  public interface LongGetter<T> extends ToLongFunction<T>, Serializable {}

  /** A getter of a number that travels with the sink. */
  @FunctionalInterface
  public interface DoubleGetter<T> extends ToDoubleFunction<T>, Serializable {}

  /** A getter of a truth value that travels with the sink. */
  @FunctionalInterface
  public interface FlagGetter<T> extends Predicate<T>, Serializable {}

  /** Collects the columns of a table in order. */
  public static final class Builder<T> {

    private final String name;
    private final List<Column<T>> columns = new ArrayList<>();

    private Builder(String name) {
      this.name = name;
    }

    public Builder<T> text(String column, Getter<T, String> getter) {
      return add(
          column,
          row -> {
            String text = getter.apply(row);
            return text == null ? "" : text;
          },
          PreparedStatement::setObject,
          Builder::length);
    }

    /** A DateTime64(3, 'UTC'): cut to milliseconds. */
    public Builder<T> time(String column, Getter<T, Instant> getter) {
      return add(
          column,
          getter::apply,
          (statement, index, time) ->
              statement.setString(index, time == null ? null : UtcTime.sql((Instant) time)));
    }

    public Builder<T> decimal(String column, Getter<T, BigDecimal> getter) {
      return add(
          column,
          getter::apply,
          (statement, index, decimal) -> statement.setBigDecimal(index, (BigDecimal) decimal));
    }

    public Builder<T> whole(String column, LongGetter<T> getter) {
      return add(column, getter::applyAsLong, PreparedStatement::setObject);
    }

    public Builder<T> number(String column, DoubleGetter<T> getter) {
      return add(column, getter::applyAsDouble, PreparedStatement::setObject);
    }

    /** A Nullable(Float64). */
    public Builder<T> numberOrNull(String column, Getter<T, Double> getter) {
      return add(column, getter::apply, PreparedStatement::setObject);
    }

    public Builder<T> flag(String column, FlagGetter<T> getter) {
      return add(
          column,
          getter::test,
          (statement, index, flag) -> statement.setInt(index, (Boolean) flag ? 1 : 0));
    }

    public Builder<T> map(String column, Getter<T, Map<String, String>> getter) {
      return add(column, getter::apply, PreparedStatement::setObject, Builder::lengthOfMap);
    }

    public Builder<T> texts(String column, Getter<T, List<String>> getter) {
      return add(column, getter::apply, PreparedStatement::setObject, Builder::lengthOfList);
    }

    public Table<T> build() {
      return new Table<>(name, new ArrayList<>(columns));
    }

    private static int length(Object text) {
      return text == null ? 0 : ((String) text).length();
    }

    private static int lengthOfMap(Object map) {
      int length = 0;
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
        length += length(entry.getKey()) + length(entry.getValue());
      }
      return length;
    }

    private static int lengthOfList(Object texts) {
      int length = 0;
      for (Object text : (List<?>) texts) {
        length += length(text);
      }
      return length;
    }

    private Builder<T> add(String column, Getter<T, Object> value, Setter setter) {
      return add(column, value, setter, null);
    }

    private Builder<T> add(String column, Getter<T, Object> value, Setter setter, Length length) {
      columns.add(new Column<>(column, value, setter, length));
      return this;
    }
  }
}
