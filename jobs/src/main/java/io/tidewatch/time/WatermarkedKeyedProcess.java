package io.tidewatch.time;

import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;

/** Runs a function on a keyed stream and tells it of each watermark, before timers fire. */
public final class WatermarkedKeyedProcess<K, I, O> extends KeyedProcessOperator<K, I, O> {

  private final FollowsWatermark follower;

  public <F extends KeyedProcessFunction<K, I, O> & FollowsWatermark> WatermarkedKeyedProcess(
      F function) {
    super(function);
    this.follower = function;
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    follower.watermarkReached(mark.getTimestamp());
    super.processWatermark(mark);
  }
}
