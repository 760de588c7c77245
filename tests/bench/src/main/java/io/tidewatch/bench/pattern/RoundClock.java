package io.tidewatch.bench.pattern;

import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Notes when the watermark of each round has come through everything before. */
final class RoundClock<T> extends AbstractStreamOperator<T>
    implements OneInputStreamOperator<T, T> {

  /** By watermark, the time when the last subtask had it, nanoseconds. */
  private static final NavigableMap<Long, Long> PASSED = new ConcurrentSkipListMap<>();

  static void forget() {
    PASSED.clear();
  }

  static NavigableMap<Long, Long> passed() {
    return PASSED;
  }

  @Override
  public void processElement(StreamRecord<T> element) {
    output.collect(element);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    super.processWatermark(mark);
    if (mark.getTimestamp() != Long.MAX_VALUE) {
      PASSED.merge(mark.getTimestamp(), System.nanoTime(), Math::max);
    }
  }
}
