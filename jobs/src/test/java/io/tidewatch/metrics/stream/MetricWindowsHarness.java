package io.tidewatch.metrics.stream;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.TestEvents;
import io.tidewatch.time.WatermarkedKeyedProcess;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** Windows fed as in the job: events are combined first. */
final class MetricWindowsHarness implements AutoCloseable {

  static final Duration LATENESS = Duration.ofHours(1);

  private final MetricCatalogue catalogue;
  private final ZoneId zone;
  private final boolean rolling;
  private final KeyedOneInputStreamOperatorTestHarness<String, PartialAggregate, MetricWindow>
      harness;

  private long watermark = Long.MIN_VALUE;
  private int rowsSeen;

  private MetricWindowsHarness(
      MetricCatalogue catalogue, ZoneId zone, boolean rolling, int parallelism, int subtask)
      throws Exception {
    this.catalogue = catalogue;
    this.zone = zone;
    this.rolling = rolling;
    OneInputStreamOperator<PartialAggregate, MetricWindow> windows =
        rolling
            ? new WatermarkedKeyedProcess<>(new RollingWindows(catalogue, zone, LATENESS))
            : new WatermarkedKeyedProcess<>(new TumblingWindows(catalogue, LATENESS));
    KeySelector<PartialAggregate, String> key =
        rolling ? PartialAggregate::paneKey : PartialAggregate::windowKey;
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            windows, key, Types.STRING, 128, parallelism, subtask);
  }

  static MetricWindowsHarness tumbling(MetricCatalogue catalogue, ZoneId zone) throws Exception {
    return new MetricWindowsHarness(catalogue, zone, false, 1, 0);
  }

  static MetricWindowsHarness rolling(MetricCatalogue catalogue, ZoneId zone) throws Exception {
    return new MetricWindowsHarness(catalogue, zone, true, 1, 0);
  }

  static MetricWindowsHarness tumblingSubtask(
      MetricCatalogue catalogue, ZoneId zone, int parallelism, int subtask) throws Exception {
    return new MetricWindowsHarness(catalogue, zone, false, parallelism, subtask);
  }

  MetricWindowsHarness onRocksDb() {
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    return this;
  }

  MetricWindowsHarness opened() throws Exception {
    harness.open();
    return this;
  }

  MetricWindowsHarness restoredFrom(OperatorSubtaskState snapshot) throws Exception {
    harness.initializeState(snapshot);
    harness.open();
    return this;
  }

  /** The event comes with event time where it stands. */
  void send(TestEvents event) throws Exception {
    sendJudgedAt(watermark, event);
  }

  /** The event comes from an ingest whose event time is elsewhere. */
  void sendJudgedAt(String eventTime, TestEvents event) throws Exception {
    sendJudgedAt(Instant.parse(eventTime).toEpochMilli() - 1, event);
  }

  private void sendJudgedAt(long ingestWatermark, TestEvents event) throws Exception {
    send(List.of(event.build().withWatermark(ingestWatermark)));
  }

  /** The events are combined with each other. */
  void send(List<Event> events) throws Exception {
    for (PartialAggregate partial : partials(events)) {
      if (partial.isPane() == rolling) {
        harness.processElement(partial, partial.latest());
      }
    }
  }

  private List<PartialAggregate> partials(List<Event> events) throws Exception {
    try (var combiner =
        new OneInputStreamOperatorTestHarness<>(new MetricCombiner(catalogue, zone, LATENESS))) {
      combiner.open();
      for (Event event : events) {
        combiner.processElement(event, 0);
      }
      combiner.prepareSnapshotPreBarrier(1);
      return combiner.extractOutputValues();
    }
  }

  /** Everything before this instant has come. */
  void eventTimeReaches(String instant) throws Exception {
    watermark = Instant.parse(instant).toEpochMilli() - 1;
    harness.processWatermark(watermark);
  }

  void wallClockReaches(String instant) throws Exception {
    harness.setProcessingTime(Instant.parse(instant).toEpochMilli());
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  /** Rows written since they were last asked for. */
  List<MetricWindow> newRows() {
    List<MetricWindow> rows = harness.extractOutputValues();
    List<MetricWindow> fresh = List.copyOf(rows.subList(rowsSeen, rows.size()));
    rowsSeen = rows.size();
    return fresh;
  }

  /** Windows that may have a row and are to have none any more. */
  List<MetricWindow> tombstones() {
    List<MetricWindow> tombstones = new ArrayList<>();
    var output = harness.getSideOutput(MetricRows.TOMBSTONES);
    if (output != null) {
      output.forEach(record -> tombstones.add(record.getValue()));
    }
    return tombstones;
  }

  List<QualityFlag> flags() {
    List<QualityFlag> flags = new ArrayList<>();
    var output = harness.getSideOutput(MetricFlags.TAG);
    if (output != null) {
      output.forEach(record -> flags.add(record.getValue()));
    }
    return flags;
  }

  /** State and timers; the two clocks' timers are counted alike. */
  int kept() {
    return harness.numKeyedStateEntries()
        + harness.numEventTimeTimers()
        + harness.numProcessingTimeTimers();
  }

  /** As {@link #kept} for tumbling windows on any state backend, with a window's state as one. */
  long keptWindows() throws Exception {
    var state = ((AbstractStreamOperator<?>) harness.getOperator()).<String>getKeyedStateBackend();
    try (var progress = state.getKeys("progress", VoidNamespace.INSTANCE);
        var accumulators = state.getKeys("accumulators", VoidNamespace.INSTANCE)) {
      return Stream.concat(progress, accumulators).distinct().count()
          + harness.numEventTimeTimers()
          + harness.numProcessingTimeTimers();
    }
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
