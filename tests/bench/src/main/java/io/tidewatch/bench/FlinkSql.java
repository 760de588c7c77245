package io.tidewatch.bench;

import io.tidewatch.bench.Aggregates.Dimension;
import io.tidewatch.bench.Aggregates.Series;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/**
 * The aggregates in Flink SQL: windows of a minute in two phases, the local one on the heap, over
 * one scan of the topic; the JSON format is asked for the fields needed and no others.
 */
final class FlinkSql implements Contender.Work {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "table.local-time-zone", "UTC",
          "table.exec.mini-batch.enabled", "true",
          "table.exec.mini-batch.allow-latency", "1 s",
          "table.exec.mini-batch.size", "50000",
          "table.optimizer.agg-phase-strategy", "TWO_PHASE");

  private static final String TABLE =
      """
      CREATE TABLE requests (
        `time` BIGINT,
        customer_id STRING,
        properties ROW<endpoint STRING, response_time_ms BIGINT>,
        event_time AS TO_TIMESTAMP_LTZ(`time`, 3),
        WATERMARK FOR event_time AS event_time - INTERVAL '10' SECOND
      ) WITH (
        'connector' = 'kafka',
        'topic' = '%s',
        'scan.startup.mode' = 'earliest-offset',
        'format' = 'json',
        %s
      )""";

  private static final String QUERY =
      """
      SELECT 'CUSTOMER', customer_id, window_start, COUNT(*), SUM(ms), MAX(ms)
      FROM TABLE(TUMBLE(TABLE slim, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))
      GROUP BY customer_id, window_start, window_end
      UNION ALL
      SELECT 'ENDPOINT', endpoint, window_start, COUNT(*), SUM(ms), MAX(ms)
      FROM TABLE(TUMBLE(TABLE slim, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))
      GROUP BY endpoint, window_start, window_end
      """;

  @Override
  public Measurement run(Contender.Assignment assignment) throws Exception {
    return FlinkRun.untilComplete(assignment, environment -> define(assignment, environment));
  }

  private static void define(
      Contender.Assignment assignment, StreamExecutionEnvironment environment) {
    StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
    SETTINGS.forEach(tables.getConfig()::set);
    String kafka =
        assignment.kafka().entrySet().stream()
            .map(option -> "'properties.%s' = '%s'".formatted(option.getKey(), option.getValue()))
            .collect(Collectors.joining(",\n  "));
    tables.executeSql(TABLE.formatted(assignment.topic(), kafka));
    tables.executeSql(
        """
        CREATE VIEW slim AS SELECT event_time, customer_id, properties.endpoint AS endpoint,
          properties.response_time_ms AS ms FROM requests""");
    tables.toDataStream(tables.sqlQuery(QUERY)).sinkTo(new CollectingSink<>(FlinkSql::read));
  }

  private static void read(Row row, Aggregates result) {
    result.put(
        new Series(
            Dimension.valueOf(row.<String>getFieldAs(0)),
            row.getFieldAs(1),
            row.<LocalDateTime>getFieldAs(2).toInstant(ZoneOffset.UTC).toEpochMilli()),
        row.<Long>getFieldAs(3),
        row.<Long>getFieldAs(4),
        row.<Long>getFieldAs(5));
  }
}
