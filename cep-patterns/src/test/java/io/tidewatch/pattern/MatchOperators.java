package io.tidewatch.pattern;

import io.tidewatch.alert.Alert;
import io.tidewatch.pattern.cep.ElementClock;
import io.tidewatch.pattern.cep.PatternMatches;
import io.tidewatch.pattern.stream.FollowAlerts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** The operators of one rule as in the job, on RocksDB. */
public final class MatchOperators<E> implements AutoCloseable {

  private final AlertPattern<E> pattern;
  private final KeyedOneInputStreamOperatorTestHarness<String, E, Alert> match;
  private final KeyedTwoInputStreamOperatorTestHarness<String, Alert, AlertEnding, Alert> follow;
  private final List<Alert> alerts = new ArrayList<>();

  /** What a checkpoint keeps. */
  public record Snapshot(OperatorSubtaskState match, OperatorSubtaskState follow) {}

  /**
   * @param snapshot null to begin anew
   */
  public MatchOperators(
      AlertPattern<E> pattern,
      Class<E> type,
      KeySelector<E, String> key,
      ElementClock<E> clock,
      Snapshot snapshot)
      throws Exception {
    this.pattern = pattern;
    match =
        new KeyedOneInputStreamOperatorTestHarness<>(
            PatternMatches.operator(
                TypeInformation.of(type).createSerializer(new SerializerConfigImpl()),
                pattern,
                clock),
            key,
            Types.STRING);
    follow =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(
                new FollowAlerts(Map.of(pattern.profile().rule(), pattern.lifetime()))),
            FollowAlerts::keyOf,
            FollowAlerts::keyOf,
            Types.STRING);
    start(match, snapshot == null ? null : snapshot.match());
    start(follow, snapshot == null ? null : snapshot.follow());
  }

  private static void start(
      AbstractStreamOperatorTestHarness<?> harness, OperatorSubtaskState state) throws Exception {
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  public void feed(E event) throws Exception {
    match.processElement(event, Long.MIN_VALUE);
    AlertEnding ending = pattern.endingOf(event).orElse(null);
    if (ending != null) {
      follow.processElement2(ending, Long.MIN_VALUE);
    }
  }

  /** Everything up to this time has come. */
  public void advanceTo(long watermark) throws Exception {
    match.processWatermark(watermark);
    List<Alert> matches = drained(match.getOutput());
    Queue<StreamRecord<Alert>> expired = match.getSideOutput(PatternMatches.EXPIRED);
    if (expired != null) {
      matches.addAll(drained(expired));
    }
    for (Alert found : matches) {
      follow.processElement1(found, Long.MIN_VALUE);
    }
    follow.processBothWatermarks(new Watermark(watermark));
    alerts.addAll(drained(follow.getOutput()));
  }

  public List<Alert> alerts() {
    return List.copyOf(alerts);
  }

  public Snapshot snapshot() throws Exception {
    return new Snapshot(match.snapshot(1, 1), follow.snapshot(1, 1));
  }

  /** Entries of state and timers in both operators. */
  public int remains() throws Exception {
    return remains(match) + remains(follow);
  }

  /** Timers are state in RocksDB too, whose removal a snapshot writes. */
  public static int remains(AbstractStreamOperatorTestHarness<?> harness) throws Exception {
    harness.snapshot(2, 2);
    AbstractStreamOperator<?> operator = (AbstractStreamOperator<?>) harness.getOperator();
    return ((RocksDBKeyedStateBackend<?>) operator.<String>getKeyedStateBackend())
        .numKeyValueStateEntries();
  }

  private static List<Alert> drained(Queue<?> output) {
    List<Alert> elements = new ArrayList<>();
    for (Object element = output.poll(); element != null; element = output.poll()) {
      if (element instanceof StreamRecord<?> streamRecord) {
        elements.add((Alert) streamRecord.getValue());
      }
    }
    return elements;
  }

  @Override
  public void close() throws Exception {
    match.close();
    follow.close();
  }
}
