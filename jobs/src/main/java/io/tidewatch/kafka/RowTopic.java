package io.tidewatch.kafka;

import io.tidewatch.clickhouse.Table;
import java.io.Serializable;
import java.util.function.Function;

/**
 * A topic whose values are rows of a table as JSON.
 *
 * @param key which rows are of one thing, so that they stay in their order
 */
public record RowTopic<T>(String name, Table<T> table, Key<T> key) implements Serializable {

  /** Reads the record key off a row; travels with the sink. */
  @FunctionalInterface
  public interface Key<T> extends Function<T, String>, Serializable {}
}
