package io.tidewatch.pattern.customer;

import io.tidewatch.alert.Alert;
import io.tidewatch.pattern.AlertEnding;
import io.tidewatch.pattern.cep.PatternMatches;
import io.tidewatch.pattern.stream.FollowAlerts;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
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
final class CustomerPatternOperators implements AutoCloseable {

  private final CustomerPattern pattern;
  private final KeyedOneInputStreamOperatorTestHarness<String, CustomerEvent, Alert> match;
  private final KeyedTwoInputStreamOperatorTestHarness<String, Alert, AlertEnding, Alert> follow;
  private final List<Alert> alerts = new ArrayList<>();

  /** What a checkpoint keeps. */
  record Snapshot(OperatorSubtaskState match, OperatorSubtaskState follow) {}

  CustomerPatternOperators(CustomerPattern pattern) throws Exception {
    this(pattern, new Snapshot(null, null));
  }

  CustomerPatternOperators(CustomerPattern pattern, Snapshot snapshot) throws Exception {
    this.pattern = pattern;
    match =
        new KeyedOneInputStreamOperatorTestHarness<>(
            PatternMatches.operator(
                TypeInformation.of(CustomerEvent.class)
                    .createSerializer(new SerializerConfigImpl()),
                pattern,
                event -> event.knownAt().toEpochMilli()),
            CustomerEvent::customerId,
            Types.STRING);
    follow =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(
                new FollowAlerts(Set.of(pattern.profile().rule()), CustomerPattern.LONGEST_LIFE)),
            FollowAlerts::keyOf,
            FollowAlerts::keyOf,
            Types.STRING);
    start(match, snapshot.match());
    start(follow, snapshot.follow());
  }

  private static void start(
      AbstractStreamOperatorTestHarness<?> harness, OperatorSubtaskState state) throws Exception {
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  void feed(CustomerEvent event) throws Exception {
    if (!pattern.concerns(event)) {
      return;
    }
    match.processElement(event, Long.MIN_VALUE);
    AlertEnding ending = pattern.endingOf(event).orElse(null);
    if (ending != null) {
      follow.processElement2(ending, Long.MIN_VALUE);
    }
  }

  /** Everything up to this time has come. */
  void advanceTo(long watermark) throws Exception {
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

  List<Alert> alerts() {
    return List.copyOf(alerts);
  }

  Snapshot snapshot() throws Exception {
    return new Snapshot(match.snapshot(1, 1), follow.snapshot(1, 1));
  }

  /** Entries of state and timers in both operators. */
  int remains() throws Exception {
    return remains(match) + remains(follow);
  }

  /** Timers are state in RocksDB too, whose removal a snapshot writes. */
  private static int remains(AbstractStreamOperatorTestHarness<?> harness) throws Exception {
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
