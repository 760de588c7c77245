package io.tidewatch.metrics.stream;

import io.tidewatch.metrics.MetricAccumulator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;

/**
 * What windows hold, kept on the heap between checkpoints, so that state is touched once per series
 * and checkpoint and not for each batch; a window that comes and goes between two is never written.
 *
 * <p>All of it is written to state, and let go from the heap, before a checkpoint and when there is
 * too much of it. What was written is never changed again.
 */
final class WindowContents {

  private static final int ACCUMULATORS_ON_HEAP = 100_000;

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
    }
    return window;
  }

  /** Ends all there is of the window of the key, which must be the current one. */
  void clear(String key) {
    Window window = windows.remove(key);
    held -= window.accumulators.size();
    if (window.written != null) {
      progressState.clear();
      accumulatorState.clear();
    }
  }

  boolean isFull() {
    return held >= ACCUMULATORS_ON_HEAP;
  }

  /**
   * @param currentKey makes a key the current one
   */
  void writeBack(Consumer<Object> currentKey) throws Exception {
    for (Map.Entry<String, Window> window : windows.entrySet()) {
      if (window.getValue().progress != null) {
        currentKey.accept(window.getKey());
        window.getValue().writeBack();
      }
    }
    windows.clear();
    held = 0;
  }

  /** Takes what one window holds. */
  interface Visitor {
    void visit(String series, MetricAccumulator accumulator) throws Exception;
  }

  /** One window; to be used while its key is the current one. */
  final class Window {

    private final TumblingWindows.Progress written;
    private final Map<String, MetricAccumulator> accumulators = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private TumblingWindows.Progress progress;

    private Window(TumblingWindows.Progress written) {
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

    /** Null for a series that nothing is known of. */
    MetricAccumulator get(String series) throws Exception {
      MetricAccumulator accumulator = accumulators.get(series);
      if (accumulator == null && written != null) {
        accumulator = accumulatorState.get(series);
        if (accumulator != null) {
          accumulators.put(series, accumulator);
          held++;
        }
      }
      return accumulator;
    }

    /** Takes an accumulator, or notes that the one it gave has changed. */
    void put(String series, MetricAccumulator accumulator) {
      if (accumulators.put(series, accumulator) == null) {
        held++;
      }
      changed.add(series);
    }

    void forEach(Visitor visitor) throws Exception {
      for (Map.Entry<String, MetricAccumulator> entry : accumulators.entrySet()) {
        visitor.visit(entry.getKey(), entry.getValue());
      }
      if (written != null) {
        for (Map.Entry<String, MetricAccumulator> entry : accumulatorState.entries()) {
          if (!accumulators.containsKey(entry.getKey())) {
            visitor.visit(entry.getKey(), entry.getValue());
          }
        }
      }
    }

    private void writeBack() throws Exception {
      if (!progress.equals(written)) {
        progressState.update(progress);
      }
      for (String series : changed) {
        accumulatorState.put(series, accumulators.get(series));
      }
    }
  }
}
