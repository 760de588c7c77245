package io.tidewatch.pattern.cep;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.functions.TimedOutPartialMatchHandler;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Flink's CEP operator in event time, with its map state laid out for RocksDB.
 *
 * <p>As it comes, each element costs several seeks over the tombstones of other keys, and with many
 * keys that is all it does. Here each map is one value per key, on the heap between checkpoints.
 * That is for patterns that remember few elements, as a map is rewritten whole.
 *
 * <p>Elements bring their own time: the timestamp of the record does not matter. They must not
 * change afterwards, as they are held and not copied.
 *
 * <p>State cannot be exchanged with that of Flink's own operator. The superclass is internal to
 * Flink: look here when its version changes.
 */
final class CompactCepOperator<E, K, O> extends CepOperator<E, K, O> {

  private final ElementClock<E> clock;

  private transient CompactStateStore states;

  CompactCepOperator(
      TypeSerializer<E> serializer,
      Pattern<E, ?> pattern,
      ElementClock<E> clock,
      PatternProcessFunction<E, O> function) {
    super(
        serializer,
        false,
        NFACompiler.compileFactory(pattern, function instanceof TimedOutPartialMatchHandler),
        null,
        pattern.getAfterMatchSkipStrategy(),
        function,
        null);
    this.clock = clock;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    states = new CompactStateStore();
    super.initializeState(states.within(context));
  }

  @Override
  public void processElement(StreamRecord<E> element) throws Exception {
    E value = element.getValue();
    enterCurrentKey();
    super.processElement(element.replace(value, clock.timeOf(value)));
  }

  @Override
  public void onEventTime(InternalTimer<K, VoidNamespace> timer) throws Exception {
    enterCurrentKey();
    super.onEventTime(timer);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    states.writeBack(this::setCurrentKey);
    super.snapshotState(context);
  }

  private void enterCurrentKey() throws IOException {
    Object key = getCurrentKey();
    if (states.isFull()) {
      states.writeBack(this::setCurrentKey);
      setCurrentKey(key);
    }
    states.enter(key);
  }
}
