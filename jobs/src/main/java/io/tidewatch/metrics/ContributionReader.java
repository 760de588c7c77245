package io.tidewatch.metrics;

import io.tidewatch.event.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what events of one kind give to some metrics: each condition is tried once and each
 * property read once, however many inputs ask for it.
 *
 * <p>What it gives is valid until it reads the next event. Not for use by several threads.
 */
public final class ContributionReader {

  private final List<Condition> conditions = new ArrayList<>();
  private final boolean[] holds;

  /** One of each kind of aggregates that read alike. */
  private final List<Aggregate> aggregates = new ArrayList<>();

  private final Aggregate.Reader[] readers;
  private final Reading[] readings;
  private final Asked[] metrics;

  /** What one input asks for; null for one that reads no events of this kind. */
  private record Question(int reader, boolean ofAmount, int[] conditions) {}

  /** A metric's questions by input, with the answers. */
  private record Asked(Question[] questions, Contribution contribution) {}

  /**
   * @param kind an event of the kind: of the same type as all that will be read, and derived or
   *     not, as they are
   */
  public ContributionReader(List<MetricDefinition> metrics, Event kind) {
    this.metrics = metrics.stream().map(metric -> asked(metric, kind)).toArray(Asked[]::new);
    this.holds = new boolean[conditions.size()];
    this.readers = aggregates.stream().map(Aggregate::reader).toArray(Aggregate.Reader[]::new);
    this.readings = new Reading[readers.length];
  }

  private Asked asked(MetricDefinition metric, Event kind) {
    return new Asked(
        metric.inputs().stream().map(input -> question(input, kind)).toArray(Question[]::new),
        new Contribution(metric.inputs().size()));
  }

  private Question question(MetricInput input, Event kind) {
    if (!input.events().matches(kind)) {
      return null;
    }
    return new Question(
        readerLike(input.aggregate()),
        input.aggregate().isOfAmount(),
        input.where().stream().mapToInt(condition -> indexIn(conditions, condition)).toArray());
  }

  private int readerLike(Aggregate aggregate) {
    for (int i = 0; i < aggregates.size(); i++) {
      if (aggregates.get(i).readsLike(aggregate)) {
        return i;
      }
    }
    aggregates.add(aggregate);
    return aggregates.size() - 1;
  }

  private static <T> int indexIn(List<T> list, T element) {
    if (!list.contains(element)) {
      list.add(element);
    }
    return list.indexOf(element);
  }

  /** Whether any metric takes the event. */
  public boolean read(Event event) {
    for (int i = 0; i < holds.length; i++) {
      holds[i] = conditions.get(i).holds(event);
    }
    for (int i = 0; i < readings.length; i++) {
      readings[i] = readers[i].read(event);
    }
    boolean any = false;
    for (Asked metric : metrics) {
      any |= answer(metric);
    }
    return any;
  }

  private boolean answer(Asked metric) {
    Contribution contribution = metric.contribution;
    contribution.reset();
    for (int i = 0; i < metric.questions.length; i++) {
      Question question = metric.questions[i];
      if (question != null) {
        Reading reading = hold(question.conditions) ? readings[question.reader] : null;
        contribution.give(i, reading, question.ofAmount);
      }
    }
    return contribution.givesAny();
  }

  private boolean hold(int[] asked) {
    for (int condition : asked) {
      if (!holds[condition]) {
        return false;
      }
    }
    return true;
  }

  /**
   * What the event that was read last gives to a metric; null for nothing.
   *
   * @param metric its index
   */
  public Contribution contribution(int metric) {
    Contribution contribution = metrics[metric].contribution;
    return contribution.givesAny() ? contribution : null;
  }
}
