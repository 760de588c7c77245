package io.tidewatch.clickhouse;

import org.apache.flink.api.connector.sink2.Sink;

/**
 * Sinks into ClickHouse tables.
 *
 * <p>Rows are written at least once: all that came before a checkpoint are in ClickHouse when it
 * completes, and a failure writes those since the last one again. Keys and versions make that
 * harmless, so a reader of the views sees each row once.
 *
 * <p>While ClickHouse is away the sink waits, up to the patience of its {@link Batching}, and the
 * job stands still behind it. A refusal, such as a value the column can't hold, fails the job with
 * ClickHouse's own message after a few attempts.
 */
public final class ClickHouseSinks {

  private ClickHouseSinks() {}

  public static <T> Sink<T> of(ClickHouseEndpoint endpoint, Table<T> table, Batching batching) {
    return new ClickHouseSink<>(endpoint, table, batching);
  }
}
