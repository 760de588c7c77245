package io.tidewatch.clickhouse;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;

/**
 * Flink's {@link JdbcSink} with patience.
 *
 * <p>Its own flushing is left off: that by count knows one count, and that by time runs in a thread
 * that holds the writer's lock, so that a job could not be cancelled while ClickHouse is away.
 */
final class ClickHouseSink<T> implements Sink<T> {

  /** For refusals of a ClickHouse that answers; the connector pauses 0, 1 and 2 seconds. */
  private static final int RETRIES = 3;

  private final ClickHouseEndpoint endpoint;
  private final Table<T> table;
  private final Batching batching;

  ClickHouseSink(ClickHouseEndpoint endpoint, Table<T> table, Batching batching) {
    this.endpoint = endpoint;
    this.table = table;
    this.batching = batching;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
    PatientConnections connections =
        new PatientConnections(endpoint, table.name(), batching.patience());
    SinkWriter<T> writer =
        JdbcSink.<T>builder()
            .withExecutionOptions(
                JdbcExecutionOptions.builder()
                    .withBatchSize(0)
                    .withBatchIntervalMs(0)
                    .withMaxRetries(RETRIES)
                    .build())
            .withQueryStatement(table.insertSql(), table::bind)
            .buildAtLeastOnce(connections)
            .createWriter(context);
    return new BatchingWriter<>(
        writer, table::characters, connections, context.getProcessingTimeService(), batching);
  }
}
