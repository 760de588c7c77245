package io.tidewatch.job;

import io.tidewatch.clickhouse.Batching;
import io.tidewatch.clickhouse.ClickHouseEndpoint;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ClickHouse that rows are written to.
 *
 * @param retention how long a table keeps rows, counted from when they were written
 */
public record ClickHouseSettings(
    ClickHouseEndpoint endpoint, Batching batching, Map<String, Duration> retention) {

  public ClickHouseSettings {
    retention = Collections.unmodifiableMap(new LinkedHashMap<>(retention));
  }
}
