package io.tidewatch.metrics;

import io.tidewatch.event.Event;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What every input of one metric has gathered in one window and series.
 *
 * <p>The same events give the same measurement in any order and by any merges. Not for use by
 * several threads.
 */
public final class MetricAccumulator {

  private static final byte FORMAT = 1;

  private final AggregateState[] inputs;

  /** Null for none, as most metrics are of no money. */
  private Currencies currencies;

  private long samples;

  private MetricAccumulator(AggregateState[] inputs) {
    this(inputs, null, 0);
  }

  MetricAccumulator(AggregateState[] inputs, Currencies currencies, long samples) {
    this.inputs = inputs;
    this.currencies = currencies;
    this.samples = samples;
  }

  public static MetricAccumulator empty(MetricDefinition definition) {
    List<MetricInput> inputs = definition.inputs();
    AggregateState[] states = new AggregateState[inputs.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = AggregateState.empty(inputs.get(i).aggregate().function());
    }
    return new MetricAccumulator(states);
  }

  /**
   * Takes in an event.
   *
   * @return false if no input of the metric takes it; then nothing changed
   */
  public boolean add(MetricDefinition definition, Event event) {
    Optional<Contribution> contribution = definition.read(event);
    contribution.ifPresent(given -> add(given, 1));
    return contribution.isPresent();
  }

  /**
   * Takes in what {@link MetricDefinition#read} made of an event.
   *
   * @param times how often there was such an event
   */
  public void add(Contribution contribution, long times) {
    for (int i = 0; i < inputs.length; i++) {
      Reading reading = contribution.reading(i);
      if (reading != null) {
        inputs[i].add(reading, times);
      }
    }
    if (contribution.currency() != null) {
      addCurrency(contribution.currency());
    }
    samples += times;
  }

  /** Takes in another accumulator of the same metric and leaves that as it is. */
  public void merge(MetricAccumulator other) {
    for (int i = 0; i < inputs.length; i++) {
      inputs[i].merge(other.inputs[i]);
    }
    for (String currency : other.currencies()) {
      addCurrency(currency);
    }
    samples += other.samples;
  }

  /** Events that contributed, each counted once however many inputs it fed. */
  public long samples() {
    return samples;
  }

  /** Currencies of the amounts that were aggregated: none, one, or two of several. */
  public Set<String> currencies() {
    return currencies == null ? Set.of() : currencies.some();
  }

  /**
   * The metric's value; empty if there was no event, if an input other than a count or a sum had
   * none, or after a division by zero.
   */
  public Optional<Measurement> measure(
      MetricDefinition definition, Instant windowStart, Instant windowEnd) {
    if (samples == 0) {
      return Optional.empty();
    }
    if (definition.isExact()) {
      return Optional.of(exact(definition, windowStart, windowEnd));
    }
    double[] values = new double[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      values[i] = inputs[i].value();
      if (Double.isNaN(values[i])) {
        return Optional.empty();
      }
    }
    OptionalDouble value = definition.formula().evaluate(values, windowStart, windowEnd);
    return value.isPresent()
        ? Optional.of(new Measurement(value.getAsDouble(), null))
        : Optional.empty();
  }

  private Measurement exact(MetricDefinition definition, Instant windowStart, Instant windowEnd) {
    BigDecimal[] values = new BigDecimal[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      values[i] = inputs[i].exactValue();
    }
    BigDecimal amount =
        definition.formula().evaluate(values, windowStart, windowEnd).stripTrailingZeros();
    return new Measurement(amount.doubleValue(), amount.scale() < 0 ? amount.setScale(0) : amount);
  }

  private void addCurrency(String currency) {
    if (currencies == null) {
      currencies = new Currencies();
    }
    currencies.add(currency);
  }

  /** Writes all of it, so that {@link #read} needs nothing else. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    Varint.write(out, samples);
    out.writeByte(currencies().size());
    for (String currency : currencies()) {
      out.writeUTF(currency);
    }
    Varint.write(out, inputs.length);
    for (AggregateState input : inputs) {
      AggregateState.writeTagged(input, out);
    }
  }

  public static MetricAccumulator read(DataInput in) throws IOException {
    byte format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("an accumulator of the unknown format " + format);
    }
    long samples = Varint.read(in);
    List<String> currencies = readCurrencies(in);
    AggregateState[] inputs = new AggregateState[(int) Varint.read(in)];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = AggregateState.readTagged(in);
    }
    MetricAccumulator read = new MetricAccumulator(inputs);
    read.samples = samples;
    currencies.forEach(read::addCurrency);
    return read;
  }

  private static List<String> readCurrencies(DataInput in) throws IOException {
    String[] currencies = new String[in.readByte()];
    for (int i = 0; i < currencies.length; i++) {
      currencies[i] = in.readUTF();
    }
    return List.of(currencies);
  }
}
