package io.tidewatch.rules.stream;

import io.tidewatch.metric.MetricWindow;
import io.tidewatch.rules.WindowPart;
import io.tidewatch.rules.WindowParts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The first final rows of a window as one element, with the largest series alone; so are the newest
 * rows of a window that is still open.
 *
 * <p>They come together, as one subtask keeps all series of a window; they are held on the heap and
 * passed on before the watermark that closes the window, and before a checkpoint. So it has no
 * state. Corrections come after that watermark and are left out, as rules leave them out.
 */
final class GatherParts extends AbstractStreamOperator<WindowParts>
    implements OneInputStreamOperator<MetricWindow, WindowParts> {

  private final PartedMetrics metrics;

  private transient Map<Key, Map<String, WindowPart>> gathered;
  private transient long watermark;

  GatherParts(PartedMetrics metrics) {
    this.metrics = metrics;
  }

  private record Key(String metric, String window, long start, long end, boolean open) {}

  @Override
  public void open() throws Exception {
    super.open();
    gathered = new LinkedHashMap<>();
    watermark = Long.MIN_VALUE;
  }

  @Override
  public void processElement(StreamRecord<MetricWindow> element) {
    MetricWindow row = element.getValue();
    long end = row.windowEnd().toEpochMilli();
    if (!metrics.contains(row.metric()) || metrics.closedAt(row.metric(), end) <= watermark) {
      return;
    }
    gathered
        .computeIfAbsent(
            new Key(
                row.metric(), row.window(), row.windowStart().toEpochMilli(), end, !row.isFinal()),
            key -> new LinkedHashMap<>())
        .merge(
            row.series(),
            new WindowPart(row.series(), row.value(), row.samples()),
            (first, newest) -> row.isFinal() ? first : newest);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    passOn();
    watermark = mark.getTimestamp();
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) {
    passOn();
  }

  private void passOn() {
    gathered.forEach(
        (key, parts) ->
            output.collect(
                new StreamRecord<>(
                    new WindowParts(
                            key.metric(),
                            key.window(),
                            key.start(),
                            key.end(),
                            key.open(),
                            new ArrayList<>(parts.values()))
                        .largest(metrics.isAdditive(key.metric())))));
    gathered.clear();
  }
}
