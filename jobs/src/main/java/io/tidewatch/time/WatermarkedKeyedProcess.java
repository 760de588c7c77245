package io.tidewatch.time;

import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Runs a function on a keyed stream and tells it of each watermark, before timers fire, and of each
 * checkpoint, before state is read for it.
 */
public final class WatermarkedKeyedProcess<K, I, O> extends KeyedProcessOperator<K, I, O> {

  private final FollowsWatermark follower;

  public <F extends KeyedProcessFunction<K, I, O> & FollowsWatermark> WatermarkedKeyedProcess(
      F function) {
    super(function);
    this.follower = function;
  }

  @Override
  public void open() throws Exception {
    if (follower instanceof KeepsOnHeap keeper) {
      keeper.bindTo(this::setCurrentKey);
    }
    super.open();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    if (follower instanceof KeepsOnHeap keeper) {
      keeper.writeBack();
    }
    super.snapshotState(context);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    follower.watermarkReached(mark.getTimestamp());
    super.processWatermark(mark);
  }
}
