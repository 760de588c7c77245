package io.tidewatch.bench.pattern;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertStatus;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** A sink that keeps the alerts of this process: each once, as repeats are identical. */
final class CollectedAlerts implements Sink<Alert> {

  private static final Set<String> LINES = ConcurrentHashMap.newKeySet();

  static void forget() {
    LINES.clear();
  }

  static Set<String> lines() {
    return new TreeSet<>(LINES);
  }

  @Override
  public SinkWriter<Alert> createWriter(WriterInitContext context) {
    return new SinkWriter<>() {
      @Override
      public void write(Alert alert, Context context) {
        String event =
            alert.status() == AlertStatus.FIRING
                ? alert.status().name()
                : alert.resolution().name();
        LINES.add(
            Expected.line(
                alert.series(),
                event,
                alert.startedAt().toEpochMilli(),
                alert.updatedAt().toEpochMilli()));
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
