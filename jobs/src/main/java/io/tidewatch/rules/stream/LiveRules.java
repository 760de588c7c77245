package io.tidewatch.rules.stream;

import io.tidewatch.config.Problems;
import io.tidewatch.rules.Rule;
import io.tidewatch.rules.RuleBook;
import io.tidewatch.rules.RuleDocument;
import io.tidewatch.rules.RuleMessage;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.function.SerializableFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules in force of one kind, arranged as an operator asks for them: those that the job was
 * started with, and over them the documents in broadcast state.
 *
 * @param <R> the kind
 * @param <A> the arrangement; made anew when a rule changes
 */
final class LiveRules<R extends Rule, A> implements Serializable {

  /** The documents that were applied, by the names of their rules. */
  static final MapStateDescriptor<String, String> APPLIED =
      new MapStateDescriptor<>("applied-rules", Types.STRING, Types.STRING);

  private static final Logger LOG = LoggerFactory.getLogger(LiveRules.class);

  private final RuleBook book;
  private final Class<R> kind;
  private final SerializableFunction<List<R>, A> arrange;

  private transient boolean restored;
  private transient A arranged;

  LiveRules(RuleBook book, Class<R> kind, SerializableFunction<List<R>, A> arrange) {
    this.book = book;
    this.kind = kind;
    this.arrange = arrange;
  }

  /** What a change did to a rule of this kind; null where there was or is none. */
  record Change<R>(R before, R after) {}

  A arranged(ReadOnlyBroadcastState<String, String> applied) throws Exception {
    restore(applied);
    if (arranged == null) {
      arranged =
          arrange.apply(book.rules().stream().filter(kind::isInstance).map(kind::cast).toList());
    }
    return arranged;
  }

  /** Takes over a change that was admitted, from now on. */
  Change<R> take(RuleMessage change, BroadcastState<String, String> applied) throws Exception {
    restore(applied);
    R before = rule(change.name());
    if (change.yaml() == null) {
      applied.remove(change.name());
      book.forget(change.name());
    } else {
      applied.put(change.name(), change.yaml());
      apply(change.name(), change.yaml());
    }
    arranged = null;
    return new Change<>(before, rule(change.name()));
  }

  private void restore(ReadOnlyBroadcastState<String, String> applied) throws Exception {
    if (!restored) {
      restored = true;
      for (Map.Entry<String, String> kept : applied.immutableEntries()) {
        apply(kept.getKey(), kept.getValue());
      }
    }
  }

  /** A job that was restored with other metrics or patterns goes on with what it can use. */
  private void apply(String name, String yaml) {
    Problems problems = new Problems();
    Optional<RuleDocument> document = book.read(name, yaml, problems);
    document.ifPresentOrElse(
        book::apply,
        () -> LOG.warn("An applied rule cannot be used any more: {}", problems.list()));
  }

  private R rule(String name) {
    return book.rule(name).filter(kind::isInstance).map(kind::cast).orElse(null);
  }
}
