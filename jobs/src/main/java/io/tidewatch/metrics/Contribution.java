package io.tidewatch.metrics;

import io.tidewatch.event.Event;
import java.util.Optional;

/** What one event gives to the inputs of one metric, to be added to each of its windows. */
public final class Contribution {

  private final Reading[] readings;
  private final String currency;

  private Contribution(Reading[] readings, String currency) {
    this.readings = readings;
    this.currency = currency;
  }

  static Optional<Contribution> of(MetricDefinition definition, Event event) {
    Reading[] readings = new Reading[definition.inputs().size()];
    boolean any = false;
    boolean money = false;
    for (int i = 0; i < readings.length; i++) {
      MetricInput input = definition.inputs().get(i);
      readings[i] = input.read(event);
      any |= readings[i] != null;
      money |= readings[i] != null && input.aggregate().isOfAmount();
    }
    return any
        ? Optional.of(new Contribution(readings, money ? event.currency() : null))
        : Optional.empty();
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
