package io.tidewatch.time;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;

/** Runs a function and tells it of each watermark, before that is passed on. */
public final class WatermarkedProcess<I, O> extends ProcessOperator<I, O> {

  private final FollowsWatermark follower;

  public <F extends ProcessFunction<I, O> & FollowsWatermark> WatermarkedProcess(F function) {
    super(function);
    this.follower = function;
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    follower.watermarkReached(mark.getTimestamp());
    super.processWatermark(mark);
  }
}
