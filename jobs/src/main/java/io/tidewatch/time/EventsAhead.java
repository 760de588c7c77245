package io.tidewatch.time;

import io.tidewatch.event.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.TimerService;

/**
 * Events of a key that came before the watermark has reached them, in keyed state behind timers; so
 * that they apply in event-time order.
 *
 * <p>One that comes rewrites no more than {@value #LONGEST_LIST} others, however many are of its
 * time: the lines of a large order, say.
 */
public final class EventsAhead {

  private static final Comparator<Event> BY_IDENTITY =
      Comparator.comparing(Event::source).thenComparing(Event::id);

  /** Late ones of several times may wait for the same moment. */
  private static final Comparator<Event> BY_TIME = Comparator.comparing(Event::time);

  private static final int LONGEST_LIST = 8;

  /** By their time, those that came last. */
  private final MapState<Long, List<Event>> ahead;

  /** By their time and number, from 0, lists that were full. */
  private final MapState<Tuple2<Long, Integer>, List<Event>> full;

  /** By their time, how many lists were full. */
  private final MapState<Long, Integer> fullCount;

  public EventsAhead(RuntimeContext context) {
    TypeInformation<List<Event>> events = Types.LIST(TypeInformation.of(Event.class));
    ahead = context.getMapState(new MapStateDescriptor<>("ahead", Types.LONG, events));
    full =
        context.getMapState(
            new MapStateDescriptor<>("ahead-full", Types.TUPLE(Types.LONG, Types.INT), events));
    fullCount =
        context.getMapState(new MapStateDescriptor<>("ahead-full-count", Types.LONG, Types.INT));
  }

  /**
   * Keeps an event until the timer of its time; or, if it came late, of the moment after all that
   * its source had read before it. No operator is further than that when it comes, so what late
   * events change does not depend on how far this one is.
   *
   * @return false for one that the watermark has passed all the same: it is to be applied at once
   */
  public boolean holdBack(Event event, TimerService timers) throws Exception {
    long time = timeOf(event);
    if (time <= timers.currentWatermark()) {
      return false;
    }
    List<Event> sameTime = ahead.get(time);
    if (sameTime != null && sameTime.size() >= LONGEST_LIST) {
      int number = fullCount(time);
      full.put(Tuple2.of(time, number), sameTime);
      fullCount.put(time, number + 1);
      sameTime = null;
    }
    List<Event> withThis = sameTime == null ? new ArrayList<>() : new ArrayList<>(sameTime);
    withThis.add(event);
    ahead.put(time, withThis);
    timers.registerEventTimeTimer(time);
    return true;
  }

  private static long timeOf(Event event) {
    long time = event.time().toEpochMilli();
    return event.isLateFor(time + 1, 0) ? event.watermark() + 1 : time;
  }

  private int fullCount(long time) throws Exception {
    Integer count = fullCount.get(time);
    return count == null ? 0 : count;
  }

  /**
   * The events that waited for this time, in the order of their own times and identities; they are
   * not kept any more.
   */
  public List<Event> release(long time) throws Exception {
    return release(time, BY_TIME);
  }

  /**
   * The events that waited for this time, in that order, then of their identity; they are not kept
   * any more.
   */
  public List<Event> release(long time, Comparator<Event> order) throws Exception {
    List<Event> events = ahead.get(time);
    if (events == null) {
      return List.of();
    }
    ahead.remove(time);
    events = new ArrayList<>(events);
    int fullLists = fullCount(time);
    for (int number = 0; number < fullLists; number++) {
      events.addAll(full.get(Tuple2.of(time, number)));
      full.remove(Tuple2.of(time, number));
    }
    if (fullLists > 0) {
      fullCount.remove(time);
    }
    events.sort(order.thenComparing(BY_IDENTITY));
    return events;
  }

  /** Whether events of this time wait. */
  public boolean hasAny(long time) throws Exception {
    return ahead.contains(time);
  }

  public void clear() {
    ahead.clear();
    full.clear();
    fullCount.clear();
  }
}
