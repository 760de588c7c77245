package io.tidewatch.metrics.stream;

import io.tidewatch.metrics.MetricAccumulator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;

/**
 * What windows hold, kept on the heap, so that state is touched once per series and checkpoint and
 * not for each batch; a window that comes and goes between two checkpoints is never written.
 *
 * <p>What changed is written to state before a checkpoint, and stays on the heap. When there is too
 * much of it, final windows are let go first: few of them are corrected.
 */
final class WindowContents {

  /** Windows and accumulators. */
  private static final int MOST_ON_HEAP = 100_000;

  private final ValueState<TumblingWindows.Progress> progressState;
  private final MapState<String, MetricAccumulator> accumulatorState;
  private final Map<String, Window> windows = new HashMap<>();
  private int held;

  WindowContents(
      ValueState<TumblingWindows.Progress> progressState,
      MapState<String, MetricAccumulator> accumulatorState) {
    this.progressState = progressState;
    this.accumulatorState = accumulatorState;
  }

  /** The window of the key, which must be the current one. */
  Window of(String key) throws Exception {
    Window window = windows.get(key);
    if (window == null) {
      window = new Window(progressState.value());
      windows.put(key, window);
      held++;
    }
    return window;
  }

  /** Ends all there is of the window of the key, which must be the current one. */
  void clear(String key) throws Exception {
    Window window = windows.remove(key);
    held -= window.held();
    window.clearState();
  }

  boolean isFull() {
    return held >= MOST_ON_HEAP;
  }

  /**
   * Writes what state does not know yet.
   *
   * @param currentKey makes a key the current one
   */
  void writeBack(Consumer<Object> currentKey) throws Exception {
    letGo(window -> window.progress == null);
    for (Map.Entry<String, Window> window : windows.entrySet()) {
      if (window.getValue().isChanged()) {
        currentKey.accept(window.getKey());
        window.getValue().writeBack();
      }
    }
  }

  /** Makes room after everything was written back. */
  void makeRoom() {
    letGo(window -> window.progress.isFinal());
    if (held > MOST_ON_HEAP / 2) {
      letGo(window -> true);
    }
  }

  private void letGo(Predicate<Window> which) {
    for (Iterator<Window> all = windows.values().iterator(); all.hasNext(); ) {
      Window window = all.next();
      if (which.test(window)) {
        all.remove();
        held -= window.held();
      }
    }
  }

  /** Takes what one window holds. */
  interface Visitor {
    void visit(String series, MetricAccumulator accumulator) throws Exception;
  }

  /** One window; to be used while its key is the current one. */
  final class Window {

    /** Whether all of its series are on the heap, as it began there. */
    private final boolean isWhole;

    private final Map<String, MetricAccumulator> accumulators = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private TumblingWindows.Progress written;
    private TumblingWindows.Progress progress;

    private Window(TumblingWindows.Progress written) {
      this.isWhole = written == null;
      this.written = written;
      this.progress = written;
    }

    /** Null for a window that nothing is known of. */
    TumblingWindows.Progress progress() {
      return progress;
    }

    void progress(TumblingWindows.Progress progress) {
      this.progress = progress;
    }

    /** Null for a series that nothing is known of; not to be changed. */
    MetricAccumulator get(String series) throws Exception {
      MetricAccumulator accumulator = accumulators.get(series);
      if (accumulator == null && !isWhole) {
        accumulator = accumulatorState.get(series);
        if (accumulator != null) {
          hold(series, accumulator);
        }
      }
      return accumulator;
    }

    /**
     * Adds to a series, known or not.
     *
     * @param more belongs to the window from now on
     * @return what the series comes to
     */
    MetricAccumulator add(String series, MetricAccumulator more) throws Exception {
      MetricAccumulator known = get(series);
      boolean isShared = changed.add(series);
      if (known == null) {
        hold(series, more);
        return more;
      }
      if (isShared) {
        // what state was given must not change: a checkpoint may be reading it
        known = MetricAccumulatorSerializer.INSTANCE.copy(known);
        accumulators.put(series, known);
      }
      known.merge(more);
      return known;
    }

    void forEach(Visitor visitor) throws Exception {
      for (Map.Entry<String, MetricAccumulator> entry : accumulators.entrySet()) {
        visitor.visit(entry.getKey(), entry.getValue());
      }
      if (!isWhole) {
        for (Map.Entry<String, MetricAccumulator> entry : accumulatorState.entries()) {
          if (!accumulators.containsKey(entry.getKey())) {
            visitor.visit(entry.getKey(), entry.getValue());
          }
        }
      }
    }

    private void hold(String series, MetricAccumulator accumulator) {
      accumulators.put(series, accumulator);
      held++;
    }

    private int held() {
      return 1 + accumulators.size();
    }

    private boolean isChanged() {
      return !changed.isEmpty() || !progress.equals(written);
    }

    private void writeBack() throws Exception {
      progressState.update(progress);
      written = progress;
      for (String series : changed) {
        accumulatorState.put(series, accumulators.get(series));
      }
      changed.clear();
    }

    private void clearState() throws Exception {
      if (written == null) {
        return;
      }
      progressState.clear();
      if (isWhole) {
        // so that state need not be searched for them
        for (String series : accumulators.keySet()) {
          accumulatorState.remove(series);
        }
      } else {
        accumulatorState.clear();
      }
    }
  }
}
