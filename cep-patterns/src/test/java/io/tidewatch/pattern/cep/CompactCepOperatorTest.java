package io.tidewatch.pattern.cep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.functions.TimedOutPartialMatchHandler;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Matches what Flink's operator matches, whatever the pattern: a guard for its next version.
 *
 * <p>Elements are numbers: their time in milliseconds, of which the last three digits are ignored
 * by conditions and tell the key.
 */
class CompactCepOperatorTest {

  private static final int ELEMENTS = 600;
  private static final int KEYS = 5;
  private static final int DISORDER = 12;

  private static final OutputTag<String> TIMED_OUT = new OutputTag<>("timed-out", Types.STRING);

  static Stream<Pattern<Long, ?>> patterns() {
    AfterMatchSkipStrategy pastLast = AfterMatchSkipStrategy.skipPastLastEvent();
    return Stream.of(
        begin(AfterMatchSkipStrategy.noSkip())
            .oneOrMore()
            .followedBy("end")
            .where(fifth())
            .within(Duration.ofSeconds(20)),
        begin(pastLast)
            .times(2)
            .consecutive()
            .optional()
            .next("end")
            .where(fifth())
            .within(Duration.ofSeconds(40)),
        begin(pastLast).notFollowedBy("none").where(fifth()).within(Duration.ofSeconds(9)),
        begin(AfterMatchSkipStrategy.skipToNext()).followedByAny("end").where(fifth()));
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void matchesWhatFlinksOperatorMatches(Pattern<Long, ?> pattern) throws Exception {
    List<Long> elements = elements();
    try (Harness flinks = new Harness(flinks(pattern), new HashMapStateBackend(), null);
        Harness compact = new Harness(compact(pattern), new EmbeddedRocksDBStateBackend(), null)) {
      flinks.feed(elements, 0, ELEMENTS);
      compact.feed(elements, 0, ELEMENTS);
      assertThat(compact.matches()).hasSizeGreaterThan(50).isEqualTo(flinks.matches());
    }
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void goesOnFromACheckpoint(Pattern<Long, ?> pattern) throws Exception {
    List<Long> elements = elements();
    int middle = ELEMENTS / 2 + DISORDER / 2;
    List<String> matches = new ArrayList<>();
    List<String> undisturbed;
    OperatorSubtaskState checkpoint;
    try (Harness first = new Harness(compact(pattern), new EmbeddedRocksDBStateBackend(), null)) {
      first.feed(elements, 0, middle);
      checkpoint = first.harness.snapshot(1, 1);
      matches.addAll(first.matches());
      first.feed(elements, middle, ELEMENTS);
      undisturbed = first.matches();
    }
    try (Harness second =
            new Harness(compact(pattern), new EmbeddedRocksDBStateBackend(), checkpoint);
        Harness flinks = new Harness(flinks(pattern), new HashMapStateBackend(), null)) {
      second.feed(elements, middle, ELEMENTS);
      flinks.feed(elements, 0, ELEMENTS);
      matches.addAll(second.matches());
      assertThat(matches).isEqualTo(flinks.matches());
      assertThat(undisturbed).isEqualTo(flinks.matches());
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void remembersMoreKeysThanItKeepsOnTheHeap(StateBackend backend) throws Exception {
    long keys = 2L * CompactStateStore.KEYS_ON_HEAP + 1;
    Pattern<Long, ?> pattern =
        Pattern.<Long>begin("begin")
            .where(SimpleCondition.of(element -> element < keys))
            .followedBy("end")
            .where(SimpleCondition.of(element -> element >= keys));
    List<String> expected = new ArrayList<>();
    try (Harness compact = new Harness(compact(pattern), backend, null, keys)) {
      for (long element = 0; element < 2 * keys; element++) {
        compact.harness.processElement(element, element);
        if (element == keys / 2 || element % keys == keys - 1) {
          compact.harness.processWatermark(element);
        }
        if (element < keys) {
          expected.add("{begin=[%d], end=[%d]}".formatted(element, keys + element));
        }
      }
      assertThat(compact.matches()).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  static Stream<StateBackend> backends() {
    return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
  }

  @Test
  void timesOutWhatFlinksOperatorTimesOut() throws Exception {
    Pattern<Long, ?> pattern =
        begin(AfterMatchSkipStrategy.skipPastLastEvent())
            .followedBy("end")
            .where(SimpleCondition.of(element -> element / 1000 % 50 == 0))
            .within(Duration.ofSeconds(12));
    List<Long> elements = elements();
    int middle = ELEMENTS / 2 + DISORDER / 2;
    OperatorSubtaskState checkpoint;
    List<String> timedOut = new ArrayList<>();
    try (Harness first = new Harness(compact(pattern), new EmbeddedRocksDBStateBackend(), null)) {
      first.feed(elements, 0, middle);
      checkpoint = first.harness.snapshot(1, 1);
      timedOut.addAll(first.timedOut());
    }
    try (Harness second =
            new Harness(compact(pattern), new EmbeddedRocksDBStateBackend(), checkpoint);
        Harness flinks = new Harness(flinks(pattern, true), new HashMapStateBackend(), null)) {
      second.feed(elements, middle, ELEMENTS);
      flinks.feed(elements, 0, ELEMENTS);
      timedOut.addAll(second.timedOut());
      assertThat(timedOut).hasSizeGreaterThan(20).isEqualTo(flinks.timedOut());
    }
  }

  @Test
  void anElementsOwnTimeCounts() throws Exception {
    Pattern<Long, ?> pattern = begin(AfterMatchSkipStrategy.noSkip());
    try (Harness compact = new Harness(compact(pattern), new HashMapStateBackend(), null)) {
      compact.harness.processWatermark(5000);
      compact.harness.processElement(3000L, 9999);
      compact.harness.processElement(9000L, 1);
      compact.harness.processWatermark(10_000);
      assertThat(compact.matches()).containsExactly("{begin=[9000]}");
    }
  }

  /** Odd seconds. */
  private static Pattern<Long, Long> begin(AfterMatchSkipStrategy strategy) {
    return Pattern.<Long>begin("begin", strategy)
        .where(SimpleCondition.of(element -> element / 1000 % 2 == 1));
  }

  private static SimpleCondition<Long> fifth() {
    return SimpleCondition.of(element -> element / 1000 % 5 == 0);
  }

  private static CepOperator<Long, Long, String> compact(Pattern<Long, ?> pattern) {
    return new CompactCepOperator<>(LongSerializer.INSTANCE, pattern, element -> element, write());
  }

  private static CepOperator<Long, Long, String> flinks(Pattern<Long, ?> pattern) {
    return flinks(pattern, false);
  }

  private static CepOperator<Long, Long, String> flinks(
      Pattern<Long, ?> pattern, boolean handlesTimeout) {
    return new CepOperator<>(
        LongSerializer.INSTANCE,
        false,
        NFACompiler.compileFactory(pattern, handlesTimeout),
        null,
        pattern.getAfterMatchSkipStrategy(),
        write(),
        null);
  }

  private static PatternProcessFunction<Long, String> write() {
    return new WriteMatches();
  }

  private static final class WriteMatches extends PatternProcessFunction<Long, String>
      implements TimedOutPartialMatchHandler<Long> {

    @Override
    public void processMatch(
        Map<String, List<Long>> match, Context context, Collector<String> out) {
      out.collect(match.toString());
    }

    @Override
    public void processTimedOutMatch(Map<String, List<Long>> begun, Context context) {
      context.output(TIMED_OUT, begun.toString());
    }
  }

  /** Out of order, up to so many. */
  private static List<Long> elements() {
    Random random = new Random(20260304);
    List<Long> elements = new ArrayList<>();
    for (long second = 1; second <= ELEMENTS; second++) {
      elements.add(second * 1000 + random.nextInt(KEYS));
    }
    for (int from = 0; from < ELEMENTS; from += DISORDER) {
      Collections.shuffle(elements.subList(from, from + DISORDER), random);
    }
    return elements;
  }

  private static final class Harness implements AutoCloseable {

    private final KeyedOneInputStreamOperatorTestHarness<Long, Long, String> harness;

    private Harness(
        CepOperator<Long, Long, String> operator, StateBackend backend, OperatorSubtaskState state)
        throws Exception {
      this(operator, backend, state, 1000);
    }

    private Harness(
        CepOperator<Long, Long, String> operator,
        StateBackend backend,
        OperatorSubtaskState state,
        long keys)
        throws Exception {
      harness =
          new KeyedOneInputStreamOperatorTestHarness<>(
              operator, element -> element % keys, Types.LONG);
      harness.setStateBackend(backend);
      if (state != null) {
        harness.initializeState(state);
      }
      harness.open();
    }

    private void feed(List<Long> elements, int from, int to) throws Exception {
      for (int i = from; i < to; i++) {
        harness.processElement(elements.get(i), elements.get(i));
        if ((i + 1) % DISORDER == 0) {
          harness.processWatermark((i + 1) * 1000L + 999);
        }
      }
    }

    private List<String> matches() {
      List<String> matches = new ArrayList<>();
      for (Object output : harness.getOutput()) {
        if (output instanceof StreamRecord<?> streamRecord) {
          matches.add((String) streamRecord.getValue());
        }
      }
      return matches;
    }

    private List<String> timedOut() {
      return harness.getSideOutput(TIMED_OUT).stream().map(StreamRecord::getValue).toList();
    }

    @Override
    public void close() throws Exception {
      harness.close();
    }
  }
}
