package io.tidewatch.rules.stream;

import io.tidewatch.alert.Alert;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.rules.MetricRule;
import io.tidewatch.rules.RuleMessage;
import io.tidewatch.rules.TestRules;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** {@link WatchWindows} as in the job: nobody waits for changes of rules. */
final class WatchWindowsHarness
    extends KeyedTwoInputStreamOperatorTestHarness<String, MetricWindow, RuleMessage, Alert> {

  WatchWindowsHarness(MetricRule... rules) throws Exception {
    super(
        new CoBroadcastWithKeyedOperator<>(
            new WatchWindows(TestRules.book(rules), ZoneOffset.UTC), List.of(LiveRules.APPLIED)),
        MetricWindow::seriesKey,
        change -> "",
        Types.STRING);
  }

  static WatchWindowsHarness onRocksDb(MetricRule... rules) throws Exception {
    WatchWindowsHarness harness = new WatchWindowsHarness(rules);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    return harness;
  }

  /** Ends this one; the other one goes on where it was. */
  WatchWindowsHarness continuedBy(WatchWindowsHarness other) throws Exception {
    OperatorSubtaskState snapshot = snapshot(1, 1);
    close();
    other.initializeState(snapshot);
    other.open();
    return other;
  }

  @Override
  public void open() throws Exception {
    super.open();
    processWatermark2(Watermark.MAX_WATERMARK);
  }
}
