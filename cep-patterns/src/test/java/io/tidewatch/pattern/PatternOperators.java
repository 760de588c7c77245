package io.tidewatch.pattern;

import io.tidewatch.alert.Alert;
import io.tidewatch.pattern.cep.PatternMatches;
import io.tidewatch.pattern.stream.FollowAlerts;
import io.tidewatch.pattern.stream.JudgeWindows;
import io.tidewatch.pattern.window.JudgedWindow;
import io.tidewatch.pattern.window.SeriesWindow;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** The operators of one rule as in the job, on RocksDB, in some number of subtasks. */
public final class PatternOperators implements AutoCloseable {

  private static final int MAX_PARALLELISM = 128;

  private final WindowPattern pattern;
  private final List<Subtask> subtasks;
  private final List<Alert> alerts = new ArrayList<>();

  private PatternOperators(WindowPattern pattern, List<Subtask> subtasks) {
    this.pattern = pattern;
    this.subtasks = subtasks;
  }

  static PatternOperators of(WindowPattern pattern) throws Exception {
    return of(pattern, 1, Set.of(pattern.profile().rule()));
  }

  /** A window that is missing is one of zero. */
  static PatternOperators withZeros(WindowPattern pattern) throws Exception {
    Set<String> rules = Set.of(pattern.profile().rule());
    return new PatternOperators(pattern, List.of(new Subtask(pattern, true, rules, 1, 0, null)));
  }

  /**
   * @param rules those that still exist
   */
  static PatternOperators of(WindowPattern pattern, int parallelism, Set<String> rules)
      throws Exception {
    return started(pattern, parallelism, rules, null);
  }

  /** What a checkpoint keeps of all subtasks. */
  record Snapshot(
      int parallelism,
      OperatorSubtaskState judge,
      OperatorSubtaskState match,
      OperatorSubtaskState follow) {}

  static PatternOperators restored(
      WindowPattern pattern, int parallelism, Set<String> rules, Snapshot snapshot)
      throws Exception {
    return started(pattern, parallelism, rules, snapshot);
  }

  private static PatternOperators started(
      WindowPattern pattern, int parallelism, Set<String> rules, Snapshot snapshot)
      throws Exception {
    List<Subtask> subtasks = new ArrayList<>();
    for (int index = 0; index < parallelism; index++) {
      subtasks.add(new Subtask(pattern, false, rules, parallelism, index, snapshot));
    }
    return new PatternOperators(pattern, subtasks);
  }

  /** A row comes. */
  void feed(SeriesWindow window) throws Exception {
    Subtask subtask = subtaskOf(window.series());
    subtask.judge.processElement1(window, Long.MIN_VALUE);
    pass(subtask);
  }

  /** Everything up to this time has come. */
  void advanceTo(long watermark) throws Exception {
    for (Subtask subtask : subtasks) {
      subtask.judge.processBothWatermarks(new Watermark(watermark));
      pass(subtask);
      subtask.match.processWatermark(watermark);
      for (Alert match : drained(subtask.match, Alert.class)) {
        subtaskOf(FollowAlerts.keyOf(match)).follow.processElement1(match, Long.MIN_VALUE);
      }
    }
    for (Subtask subtask : subtasks) {
      subtask.follow.processBothWatermarks(new Watermark(watermark));
      alerts.addAll(drained(subtask.follow, Alert.class));
    }
  }

  List<Alert> alerts() {
    return List.copyOf(alerts);
  }

  Snapshot snapshot() throws Exception {
    List<OperatorSubtaskState> judges = new ArrayList<>();
    List<OperatorSubtaskState> matches = new ArrayList<>();
    List<OperatorSubtaskState> follows = new ArrayList<>();
    for (Subtask subtask : subtasks) {
      judges.add(subtask.judge.snapshot(1, 1));
      matches.add(subtask.match.snapshot(1, 1));
      follows.add(subtask.follow.snapshot(1, 1));
    }
    return new Snapshot(subtasks.size(), all(judges), all(matches), all(follows));
  }

  /** Entries of state and timers in all operators. */
  int remains() throws Exception {
    int remains = 0;
    for (Subtask subtask : subtasks) {
      remains += subtask.remains();
    }
    return remains;
  }

  @Override
  public void close() throws Exception {
    for (Subtask subtask : subtasks) {
      subtask.judge.close();
      subtask.match.close();
      subtask.follow.close();
    }
  }

  private Subtask subtaskOf(String key) {
    return subtasks.get(
        KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, subtasks.size()));
  }

  private void pass(Subtask subtask) throws Exception {
    for (JudgedWindow judged : drained(subtask.judge, JudgedWindow.class)) {
      subtask.match.processElement(judged, Long.MIN_VALUE);
      AlertEnding ending = pattern.endingOf(judged).orElse(null);
      if (ending != null) {
        subtaskOf(FollowAlerts.keyOf(ending)).follow.processElement2(ending, Long.MIN_VALUE);
      }
    }
  }

  private static <T> List<T> drained(AbstractStreamOperatorTestHarness<T> harness, Class<T> type) {
    List<T> elements = new ArrayList<>();
    for (Object element = harness.getOutput().poll();
        element != null;
        element = harness.getOutput().poll()) {
      if (element instanceof StreamRecord<?> streamRecord) {
        elements.add(type.cast(streamRecord.getValue()));
      }
    }
    return elements;
  }

  private static OperatorSubtaskState all(List<OperatorSubtaskState> subtasks) throws Exception {
    return AbstractStreamOperatorTestHarness.repackageState(
        subtasks.toArray(OperatorSubtaskState[]::new));
  }

  private static final class Subtask {

    private static final ZoneId ZONE = ZoneOffset.UTC;

    private final KeyedTwoInputStreamOperatorTestHarness<String, SeriesWindow, String, JudgedWindow>
        judge;
    private final KeyedOneInputStreamOperatorTestHarness<String, JudgedWindow, Alert> match;
    private final KeyedTwoInputStreamOperatorTestHarness<String, Alert, AlertEnding, Alert> follow;

    private Subtask(
        WindowPattern pattern,
        boolean missingIsZero,
        Set<String> rules,
        int parallelism,
        int index,
        Snapshot snapshot)
        throws Exception {
      judge =
          new KeyedTwoInputStreamOperatorTestHarness<>(
              new CoBroadcastWithKeyedOperator<>(
                  new JudgeWindows<>(new Unchanged<>(pattern.judge()), missingIsZero, ZONE),
                  List.of(Unchanged.DOCUMENTS)),
              SeriesWindow::series,
              change -> "",
              Types.STRING,
              MAX_PARALLELISM,
              parallelism,
              index);
      match =
          new KeyedOneInputStreamOperatorTestHarness<>(
              PatternMatches.operator(
                  TypeInformation.of(JudgedWindow.class)
                      .createSerializer(new SerializerConfigImpl()),
                  pattern,
                  JudgedWindow::time),
              judged -> judged.window().series(),
              Types.STRING,
              MAX_PARALLELISM,
              parallelism,
              index);
      follow =
          new KeyedTwoInputStreamOperatorTestHarness<>(
              new KeyedCoProcessOperator<>(new FollowAlerts(lifetimes(rules))),
              FollowAlerts::keyOf,
              FollowAlerts::keyOf,
              Types.STRING,
              MAX_PARALLELISM,
              parallelism,
              index);
      start(judge, snapshot == null ? null : snapshot.judge(), snapshot, parallelism, index);
      start(match, snapshot == null ? null : snapshot.match(), snapshot, parallelism, index);
      start(follow, snapshot == null ? null : snapshot.follow(), snapshot, parallelism, index);
    }

    private static void start(
        AbstractStreamOperatorTestHarness<?> harness,
        OperatorSubtaskState state,
        Snapshot snapshot,
        int parallelism,
        int index)
        throws Exception {
      harness.setStateBackend(new EmbeddedRocksDBStateBackend());
      if (state != null) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, MAX_PARALLELISM, snapshot.parallelism(), parallelism, index));
      }
      harness.open();
    }

    private int remains() throws Exception {
      return remains(judge) + remains(match) + remains(follow);
    }

    private static Map<String, Lifetime> lifetimes(Set<String> rules) {
      return rules.stream()
          .collect(Collectors.toMap(Function.identity(), rule -> Lifetime.UNLIMITED));
    }

    /** Timers are state in RocksDB too, whose removal a snapshot writes. */
    private static int remains(AbstractStreamOperatorTestHarness<?> harness) throws Exception {
      harness.snapshot(2, 2);
      AbstractStreamOperator<?> operator = (AbstractStreamOperator<?>) harness.getOperator();
      return ((RocksDBKeyedStateBackend<?>) operator.<String>getKeyedStateBackend())
          .numKeyValueStateEntries();
    }
  }
}
