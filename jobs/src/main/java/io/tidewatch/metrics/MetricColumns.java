package io.tidewatch.metrics;

import java.util.Arrays;
import java.util.List;

/**
 * What the inputs of one metric gather, row by row: a {@link MetricAccumulator} for each row, laid
 * out by input. Not for use by several threads.
 */
public final class MetricColumns {

  private static final int FEWEST_ROWS = 16;

  private final Column[] inputs;
  private long[] samples = {};

  /** By row; null as long as there is no money. */
  private Currencies[] currencies;

  /**
   * @param expected how many rows there may be; more find room too
   */
  public MetricColumns(MetricDefinition definition, int expected) {
    List<MetricInput> asked = definition.inputs();
    inputs = new Column[asked.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = Column.of(asked.get(i).aggregate().function());
    }
    reserve(Math.max(FEWEST_ROWS, expected));
  }

  /**
   * Takes what an event gave into a row.
   *
   * @param times how often there was such an event
   * @return whether the row was empty
   */
  public boolean add(int row, Contribution contribution, long times) {
    if (row >= samples.length) {
      reserve(Math.max(row + 1, 2 * samples.length));
    }
    for (int i = 0; i < inputs.length; i++) {
      Reading reading = contribution.reading(i);
      if (reading != null) {
        inputs[i].add(row, reading, times);
      }
    }
    if (contribution.currency() != null) {
      currencies(row).add(contribution.currency());
    }
    boolean wasEmpty = samples[row] == 0;
    samples[row] += times;
    return wasEmpty;
  }

  /**
   * What a row has gathered; null for an empty one. It may share states with the row, so that
   * nothing is to be added to one of them as long as the other is used.
   */
  public MetricAccumulator accumulator(int row) {
    if (row >= samples.length || samples[row] == 0) {
      return null;
    }
    AggregateState[] states = new AggregateState[inputs.length];
    for (int i = 0; i < states.length; i++) {
      states[i] = inputs[i].state(row);
    }
    return new MetricAccumulator(states, currencies == null ? null : currencies[row], samples[row]);
  }

  private Currencies currencies(int row) {
    if (currencies == null) {
      currencies = new Currencies[samples.length];
    }
    if (currencies[row] == null) {
      currencies[row] = new Currencies();
    }
    return currencies[row];
  }

  private void reserve(int rows) {
    for (Column input : inputs) {
      input.reserve(rows);
    }
    samples = Arrays.copyOf(samples, rows);
    if (currencies != null) {
      currencies = Arrays.copyOf(currencies, rows);
    }
  }
}
