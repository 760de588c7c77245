package io.tidewatch.rules.stream;

import io.tidewatch.pattern.stream.Live;
import io.tidewatch.rules.Rule;
import io.tidewatch.rules.RuleBook;
import io.tidewatch.rules.RuleMessage;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.util.function.SerializableFunction;

/**
 * What is made of the thresholds of one rule of a pattern. While the rule is off it is as the job
 * was started with: the pattern is matched all the same, and nobody told.
 *
 * @param <T> what is made of them
 */
final class LiveThresholds<T> implements Live<T, RuleMessage> {

  private final T started;
  private final LiveRules<Rule, T> rules;

  private LiveThresholds(T started, LiveRules<Rule, T> rules) {
    this.started = started;
    this.rules = rules;
  }

  /**
   * @param rule that the job is started with
   * @param made of a rule that can stand in for it
   */
  static <R extends Rule, T> LiveThresholds<T> of(
      RuleBook book, Class<R> kind, R rule, SerializableFunction<R, T> made) {
    String name = rule.name();
    T started = made.apply(rule);
    return new LiveThresholds<>(
        started,
        new LiveRules<>(
            book,
            Rule.class,
            inForce ->
                inForce.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .map(kind::cast)
                    .map(made)
                    .orElse(started)));
  }

  @Override
  public T started() {
    return started;
  }

  @Override
  public MapStateDescriptor<String, String> documents() {
    return LiveRules.APPLIED;
  }

  @Override
  public T now(ReadOnlyBroadcastState<String, String> documents) throws Exception {
    return rules.arranged(documents);
  }

  @Override
  public void take(RuleMessage change, BroadcastState<String, String> documents) throws Exception {
    rules.take(change, documents);
  }
}
