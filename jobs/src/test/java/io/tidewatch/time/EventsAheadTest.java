package io.tidewatch.time;

import static io.tidewatch.metrics.TestEvents.NOON;
import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsAheadTest {

  @AutoClose private KeyedOneInputStreamOperatorTestHarness<String, Event, List<String>> harness;

  @BeforeEach
  void open() throws Exception {
    harness = unopened();
    harness.open();
  }

  /** Such as the lines of one order; around the number that are kept in one list. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 16, 17, 1000})
  void eventsOfOneTimeAreReleasedTogetherInTheOrderOfTheirIdentity(int count) throws Exception {
    List<String> ids = ids(count);
    for (String id : shuffled(ids)) {
      send("acme", id, NOON);
    }
    reach(NOON.minusMillis(1));
    assertThat(harness.extractOutputValues()).isEmpty();

    reach(NOON);
    assertThat(harness.extractOutputValues()).containsExactly(ids);
    assertNothingIsKept();
  }

  /** In a replay a late event may come to an operator that is behind. */
  @Test
  void lateOnesWaitForTheMomentAfterThatOfTheirReadingAndApplyInTheOrderOfTheirTimes()
      throws Exception {
    sendReadAt(NOON, "a", NOON.minusSeconds(1));
    sendReadAt(NOON, "b", NOON.minusSeconds(2));
    reach(NOON);
    assertThat(harness.extractOutputValues()).isEmpty();

    reach(NOON.plusMillis(1));
    assertThat(harness.extractOutputValues()).containsExactly(List.of("b", "a"));
    assertNothingIsKept();
  }

  @Test
  void eachTimeAndKeyHasItsOwn() throws Exception {
    List<String> ids = ids(20);
    for (String id : ids) {
      send("acme", id, NOON);
      send("acme", id, NOON.plusMillis(1));
      send("bolt", id, NOON);
    }
    reach(NOON);
    assertThat(harness.extractOutputValues()).containsExactly(ids, ids);
    reach(NOON.plusMillis(1));
    assertThat(harness.extractOutputValues()).hasSize(3).last().isEqualTo(ids);
    assertNothingIsKept();
  }

  @Test
  void aTimeThatComesAgainStartsAnew() throws Exception {
    for (String id : ids(20)) {
      send("acme", id, NOON);
    }
    reach(NOON);
    send("acme", "late", NOON);
    send("acme", "next", NOON.plusMillis(1));
    reach(NOON.plusMillis(1));
    assertThat(harness.extractOutputValues())
        .containsExactly(ids(20), List.of("at once: late"), List.of("next"));
    assertNothingIsKept();
  }

  @Test
  void aSnapshotRestoresAllThatWaits() throws Exception {
    List<String> ids = ids(50);
    startOnRocksDb(null);
    for (String id : ids.subList(0, 30)) {
      send("acme", id, NOON);
    }
    startOnRocksDb(harness.snapshot(1, 1));
    for (String id : ids.subList(30, 50)) {
      send("acme", id, NOON);
    }
    reach(NOON);
    assertThat(harness.extractOutputValues()).containsExactly(ids);
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void clearedKeysKeepNothing() throws Exception {
    for (String id : ids(20)) {
      send("acme", id, NOON.plusMillis(1));
    }
    send("acme", Collecting.CLEAR, NOON);
    reach(NOON);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  /** Anew where there is no snapshot. */
  private void startOnRocksDb(OperatorSubtaskState snapshot) throws Exception {
    harness.close();
    harness = unopened();
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    if (snapshot != null) {
      harness.initializeState(snapshot);
    }
    harness.open();
  }

  private void send(String customer, String id, Instant time) throws Exception {
    harness.processElement(
        event("api.request").identity("api", id).customer(customer).at(time).build(),
        time.toEpochMilli());
  }

  /** Event time was that far when the event was read. */
  private void sendReadAt(Instant reached, String id, Instant time) throws Exception {
    Event event = event("api.request").identity("api", id).customer("acme").at(time).build();
    harness.processElement(event.withWatermark(reached.toEpochMilli()), time.toEpochMilli());
  }

  private void reach(Instant time) throws Exception {
    harness.processWatermark(time.toEpochMilli());
  }

  private void assertNothingIsKept() {
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj("%04d"::formatted).toList();
  }

  private static List<String> shuffled(List<String> ids) {
    List<String> shuffled = new ArrayList<>(ids);
    Collections.shuffle(shuffled, new Random(7));
    return shuffled;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Event, List<String>> unopened()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new Collecting()), Event::customerId, Types.STRING);
  }

  /** Tells the ids of what is released together. */
  private static final class Collecting extends KeyedProcessFunction<String, Event, List<String>> {

    private static final String CLEAR = "clear";

    private transient EventsAhead ahead;

    @Override
    public void open(OpenContext context) {
      ahead = new EventsAhead(getRuntimeContext());
    }

    @Override
    public void processElement(Event event, Context context, Collector<List<String>> out)
        throws Exception {
      if (!ahead.holdBack(event, context.timerService())) {
        out.collect(List.of("at once: " + event.id()));
      }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<List<String>> out)
        throws Exception {
      List<String> ids = ahead.release(timestamp).stream().map(Event::id).toList();
      if (ids.contains(CLEAR)) {
        ahead.clear();
      }
      out.collect(ids);
    }
  }
}
