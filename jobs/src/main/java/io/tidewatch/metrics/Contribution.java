package io.tidewatch.metrics;

import io.tidewatch.event.Event;
import java.util.Optional;

/** What one event gives to the inputs of one metric, to be added to each of its windows. */
public final class Contribution {

  private final Reading[] readings;
  private String currency;
  private boolean givesAny;

  Contribution(int inputs) {
    readings = new Reading[inputs];
  }

  static Optional<Contribution> of(MetricDefinition definition, Event event) {
    Contribution contribution = new Contribution(definition.inputs().size());
    for (int i = 0; i < contribution.readings.length; i++) {
      MetricInput input = definition.inputs().get(i);
      contribution.give(i, input.read(event), input.aggregate().isOfAmount());
    }
    return contribution.givesAny ? Optional.of(contribution) : Optional.empty();
  }

  /** Begins anew, for another event; each input is given something, or null, after that. */
  void reset() {
    currency = null;
    givesAny = false;
  }

  /**
   * Gives an input what it read.
   *
   * @param reading null for nothing
   * @param ofAmount whether it is of the event's amount
   */
  void give(int input, Reading reading, boolean ofAmount) {
    readings[input] = reading;
    if (reading != null) {
      givesAny = true;
      if (ofAmount) {
        currency = reading.event().currency();
      }
    }
  }

  boolean givesAny() {
    return givesAny;
  }

  /** Null where the event gives that input nothing. */
  Reading reading(int input) {
    return readings[input];
  }

  /** Of the amount it gives; null if it gives none. */
  String currency() {
    return currency;
  }
}
