package io.tidewatch.pattern.stream;

import io.tidewatch.pattern.window.Finding;
import io.tidewatch.pattern.window.JudgedWindow;
import io.tidewatch.pattern.window.Judgement;
import io.tidewatch.pattern.window.SeriesPast;
import io.tidewatch.pattern.window.SeriesWindow;
import io.tidewatch.pattern.window.WindowJudge;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Judges the closed windows of each series and passes on those that a pattern can need: breaches,
 * the first normal one after them, and word of silence after them.
 *
 * <p>A window is judged once, by its first final row, in the order of ends: windows of a series
 * come from several subtasks. One that directly follows the last judged is judged as it comes, for
 * nothing can lie between; another waits for the watermark. What comes behind the watermark is not
 * judged. A window that is missing is none, or one of zero when the watermark has passed its end.
 *
 * <p>The second input changes the judge: windows that are judged from then on are judged by it,
 * with what was remembered before.
 *
 * <p>State: one {@link SeriesMemory} per series, windows that wait, and the values of a week where
 * the judge asks for them. All of it is cleared when the series has been silent for as long as the
 * judge remembers, zeros or not.
 *
 * @param <C> a change of the judge
 */
public final class JudgeWindows<C>
    extends KeyedBroadcastProcessFunction<String, SeriesWindow, C, JudgedWindow> {

  /** Days are shorter when the clocks change. */
  private static final Duration SHORTEST_DAY = Duration.ofHours(23);

  private final Live<WindowJudge, C> judges;
  private final boolean missingIsZero;
  private final ZoneId zone;

  private transient ValueState<SeriesMemory> memories;
  private transient MapState<Long, SeriesWindow> waiting;
  private transient LastWeek lastWeek;
  private transient Counter late;

  /** As it was at the last element or timer. */
  private transient WindowJudge judge;

  /**
   * @param judges of one kind, which remember the same of a series
   * @param missingIsZero whether a window that does not come counts as 0
   * @param zone whose days and weeks they are
   */
  public JudgeWindows(Live<WindowJudge, C> judges, boolean missingIsZero, ZoneId zone) {
    this.judges = judges;
    this.missingIsZero = missingIsZero;
    this.zone = zone;
  }

  @Override
  public void open(OpenContext context) {
    memories =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("memory", TypeInformation.of(SeriesMemory.class)));
    waiting =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "waiting", Types.LONG, TypeInformation.of(SeriesWindow.class)));
    if (judges.started().asksForLastWeek()) {
      lastWeek = new LastWeek(getRuntimeContext(), zone);
    }
    late = getRuntimeContext().getMetricGroup().counter("lateWindows");
  }

  @Override
  public void processBroadcastElement(C change, Context context, Collector<JudgedWindow> out)
      throws Exception {
    judges.take(change, context.getBroadcastState(judges.documents()));
  }

  @Override
  public void processElement(
      SeriesWindow window, ReadOnlyContext context, Collector<JudgedWindow> out) throws Exception {
    judge = judges.now(context.getBroadcastState(judges.documents()));
    TimerService timers = context.timerService();
    if (window.lastMoment() <= timers.currentWatermark()) {
      late.inc();
      return;
    }
    SeriesMemory known = memories.value();
    SeriesMemory memory = known == null ? SeriesMemory.NONE : known;
    if (window.start() == memory.judgedUntil() && memory.waiting() == 0) {
      memories.update(judge(window, memory.withReal(window.end()), timers, out));
    } else if (window.end() > memory.judgedUntil() && !waiting.contains(window.end())) {
      waiting.put(window.end(), window);
      timers.registerEventTimeTimer(window.lastMoment());
      memories.update(memory.withWaiting(memory.waiting() + 1));
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<JudgedWindow> out)
      throws Exception {
    SeriesMemory memory = memories.value();
    if (memory == null) {
      return;
    }
    judge = judges.now(context.getBroadcastState(judges.documents()));
    TimerService timers = context.timerService();
    if (memory.waiting() > 0) {
      SeriesWindow window = waiting.get(timestamp + 1);
      if (window != null) {
        waiting.remove(timestamp + 1);
        SeriesMemory before = memory.withWaiting(memory.waiting() - 1).withReal(window.end());
        memory = judge(window, before, timers, out);
        memories.update(memory);
      }
    }
    if (timestamp == memory.lookAt()) {
      lookAfter(context.getCurrentKey(), memory, timers, out);
    }
  }

  private SeriesMemory judge(
      SeriesWindow window, SeriesMemory memory, TimerService timers, Collector<JudgedWindow> out)
      throws Exception {
    Double weekAgo = lastWeek == null ? null : lastWeek.replace(window.end(), window.value());
    Judgement judgement =
        judge.judge(
            window,
            new SeriesPast(memory.values(), memory.breaches(), memory.judgedUntil(), weekAgo));
    boolean first = memory.breaches() == 0;
    int breaches =
        switch (judgement.finding()) {
          case UNKNOWN -> memory.breaches();
          case NORMAL, SILENT -> 0;
          case ABOVE, DECLINED, FALLEN -> memory.breaches() + 1;
        };
    if (judgement.finding().isBreach() || judgement.finding() == Finding.NORMAL && !first) {
      out.collect(
          new JudgedWindow(
              window, judgement.finding(), first, judgement.expected(), judgement.limit()));
    }
    SeriesMemory after = memory.withJudged(window, breaches, judgement.values());
    long lookAt = nextLook(window, after);
    if (lookAt >= after.lookAt()) {
      return after;
    }
    timers.registerEventTimeTimer(lookAt);
    return after.withLookAt(lookAt);
  }

  /** Does what is due although no window has come; it may have come since that was set. */
  private void lookAfter(
      String series, SeriesMemory before, TimerService timers, Collector<JudgedWindow> out)
      throws Exception {
    long now = before.lookAt();
    SeriesMemory memory = before.withLookAt(SeriesMemory.NEVER);
    SeriesWindow last = new SeriesWindow(series, null, memory.lastStart(), memory.judgedUntil(), 0);
    if (memory.breaches() > 0 && now >= silentAt(last, memory)) {
      out.collect(JudgedWindow.silent(series, last.end(), now + 1));
      memory = memory.withoutBreaches();
    }
    SeriesWindow missing = windowAfter(last);
    if (missingIsZero && now >= missing.lastMoment() && now < forgottenAt(last, memory)) {
      memories.update(judge(missing, memory, timers, out));
      return;
    }
    long next = nextLook(last, memory);
    if (next > now) {
      timers.registerEventTimeTimer(next);
      memories.update(memory.withLookAt(next));
    } else if (memory.waiting() > 0) {
      memories.update(memory);
    } else {
      clear();
    }
  }

  /** When a series is to be looked at if it stays silent after this window. */
  private long nextLook(SeriesWindow last, SeriesMemory memory) {
    if (missingIsZero) {
      return Math.min(windowAfter(last).lastMoment(), forgottenAt(last, memory));
    }
    return memory.breaches() > 0 ? silentAt(last, memory) : forgottenAt(last, memory);
  }

  /** When nobody can say any more how the series is. */
  private long silentAt(SeriesWindow last, SeriesMemory memory) {
    return missingIsZero
        ? forgottenAt(last, memory)
        : last.lastMoment() + last.silence().toMillis();
  }

  private long forgottenAt(SeriesWindow last, SeriesMemory memory) {
    return memory.lastReal() - 1 + judge.memory(last).toMillis();
  }

  /** The window that follows, without events. */
  private SeriesWindow windowAfter(SeriesWindow last) {
    boolean days = last.length().compareTo(SHORTEST_DAY) >= 0;
    long end =
        days
            ? Instant.ofEpochMilli(last.end()).atZone(zone).plusDays(1).toInstant().toEpochMilli()
            : last.end() + last.length().toMillis();
    return new SeriesWindow(last.series(), last.customerId(), last.end(), end, 0);
  }

  private void clear() {
    memories.clear();
    waiting.clear();
    if (lastWeek != null) {
      lastWeek.clear();
    }
  }
}
