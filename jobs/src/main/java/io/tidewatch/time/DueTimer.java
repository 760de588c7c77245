package io.tidewatch.time;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;

/**
 * When a key wants to be looked at although nothing comes, in event time.
 *
 * <p>One look is due at a time. It may turn out to be too soon, as when something came since; then
 * the next one is set. So a busy key does not set a timer for each element.
 */
public final class DueTimer {

  private final ValueState<Long> due;

  public DueTimer(RuntimeContext context) {
    due = context.getState(new ValueStateDescriptor<>("due", Types.LONG));
  }

  /** Asks for a look at this time or before. */
  public void atLatest(long time, TimerService timers) throws Exception {
    Long known = due.value();
    if (known == null || time < known) {
      due.update(time);
      timers.registerEventTimeTimer(time);
    }
  }

  /** Whether it is the look that was asked for; it is done with then. */
  public boolean isDue(long time) throws Exception {
    Long known = due.value();
    if (known == null || known != time) {
      return false;
    }
    due.clear();
    return true;
  }

  /** No look is wanted any more; a timer still to come does nothing. */
  public void clear() {
    due.clear();
  }
}
