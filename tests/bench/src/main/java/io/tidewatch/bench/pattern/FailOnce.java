package io.tidewatch.bench.pattern;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/** Fails the job with the first row of some round, or of a later one, after a checkpoint. */
final class FailOnce<T> extends RichMapFunction<T, T> implements CheckpointListener {

  private static final AtomicBoolean ARMED = new AtomicBoolean();

  private transient boolean checkpointed;
  private final long afterRows;
  private transient long rows;

  FailOnce(long afterRows) {
    this.afterRows = afterRows;
  }

  static void arm() {
    ARMED.set(true);
  }

  /** Whether it has not failed yet. */
  static boolean isArmed() {
    return ARMED.get();
  }

  @Override
  public T map(T row) {
    rows++;
    if (checkpointed && rows > afterRows && ARMED.compareAndSet(true, false)) {
      throw new IllegalStateException("as planned");
    }
    return row;
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    checkpointed = true;
  }
}
