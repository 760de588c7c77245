package io.tidewatch.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * What a rule makes of a series, by a plain loop over its windows: neither streams nor state.
 *
 * <p>Alerts are written as {@link SequenceScript} writes them.
 */
abstract class PlainRow {

  /** Windows of silence that end an alert; one that ends with them still counts. */
  private final int silence;

  private final List<String> alerts = new ArrayList<>();

  private int breachAt;
  private int firing;

  PlainRow(int silence) {
    this.silence = silence;
  }

  /**
   * @param values of windows 1, 2, …; NaN where one is missing
   */
  final List<String> alerts(double[] values) {
    int last = 0;
    for (int window = 1; window <= values.length; window++) {
      if (inBreach() && window - last > silence) {
        end("no_data", last + silence);
        forgetBreaches();
        breachAt = 0;
      }
      if (!Double.isNaN(values[window - 1])) {
        judge(values, window);
        last = window;
      }
    }
    if (inBreach()) {
      end("no_data", last + silence);
    }
    return alerts;
  }

  abstract void judge(double[] values, int window);

  abstract void forgetBreaches();

  final boolean inBreach() {
    return breachAt > 0;
  }

  final void breach(int window) {
    breachAt = window;
  }

  final void match(int first, int last) {
    if (firing == 0) {
      firing = first;
      alerts.add("fires(%d..%d)".formatted(first, last));
    }
  }

  final void normal(int window) {
    end("recovered", window);
    forgetBreaches();
    breachAt = 0;
  }

  private void end(String how, int window) {
    if (firing > 0) {
      alerts.add("%s(%d..%d)".formatted(how, firing, window));
      firing = 0;
    }
  }

  /** As {@link Patterns#spike()}. */
  static final class OfSpikes extends PlainRow {

    private final List<Double> usual = new ArrayList<>();
    private int first;
    private int above;

    OfSpikes() {
      super(60);
    }

    @Override
    void judge(double[] values, int window) {
      double value = values[window - 1];
      if (usual.size() < 3) {
        learn(value);
        return;
      }
      List<Double> sorted = usual.stream().sorted().toList();
      int size = sorted.size();
      double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
      if (value <= Math.max(2 * median, 5)) {
        learn(value);
        normal(window);
        return;
      }
      breach(window);
      above++;
      if (above == 1) {
        first = window;
      }
      if (above == 3 && window - first < 5) {
        match(first, window);
      }
      if (above >= 5) {
        usual.clear();
      }
    }

    private void learn(double value) {
      usual.add(value);
      if (usual.size() > 5) {
        usual.remove(0);
      }
    }

    @Override
    void forgetBreaches() {
      above = 0;
    }
  }

  /** As {@link Patterns#drop()}. */
  static final class OfDrops extends PlainRow {

    private final List<Integer> declines = new ArrayList<>();

    OfDrops() {
      super(3);
    }

    @Override
    void judge(double[] values, int window) {
      double value = values[window - 1];
      double before = at(values, window - 1);
      double lastWeek = at(values, window - 7);
      if (lastWeek >= 50 && value < 0.7 * lastWeek) {
        breach(window);
        declines.clear();
        match(window, window);
      } else if (before >= 50 && value <= 0.9 * before) {
        breach(window);
        declines.add(window);
        int third = declines.size() - 3;
        if (third >= 0 && window - declines.get(third) < 5) {
          match(declines.get(third), window);
          declines.clear();
        }
      } else if (!Double.isNaN(before) || !Double.isNaN(lastWeek)) {
        normal(window);
      }
    }

    private static double at(double[] values, int window) {
      return window < 1 ? Double.NaN : values[window - 1];
    }

    @Override
    void forgetBreaches() {
      declines.clear();
    }
  }
}
