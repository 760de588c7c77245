package io.tidewatch.clickhouse;

import java.util.List;
import java.util.Map;

/** A ClickHouse server or engine that runs one statement at a time. */
public interface ClickHouse {

  /**
   * Runs a statement that gives no rows.
   *
   * @throws ClickHouseException if ClickHouse refuses it or can't be reached
   */
  void execute(String statement);

  /**
   * Runs a query and gives its rows, each as column name to text in the order of the columns; NULL
   * is null. Ask for scalars: the quotes within an array or a map can't be told apart.
   *
   * @throws ClickHouseException if ClickHouse refuses it or can't be reached
   */
  List<Map<String, String>> query(String query);
}
