package io.tidewatch.customers.stream;

import io.tidewatch.customers.Customer;
import io.tidewatch.customers.CustomerEvents;
import io.tidewatch.customers.CustomerHealth;
import io.tidewatch.customers.CustomerRow;
import io.tidewatch.customers.CustomerSnapshot;
import io.tidewatch.customers.CustomerTransition;
import io.tidewatch.customers.HealthScore;
import io.tidewatch.customers.HealthSettings;
import io.tidewatch.customers.LocalDays;
import io.tidewatch.customers.Predictions;
import io.tidewatch.customers.Profile;
import io.tidewatch.event.Event;
import io.tidewatch.models.ModelException;
import io.tidewatch.operator.EventSerializer;
import io.tidewatch.pattern.customer.CustomerEvent;
import io.tidewatch.time.DueTimer;
import io.tidewatch.time.EventsAhead;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each customer and its health: events in, rows of {@code fact_customer_health} out.
 *
 * <p>Events apply in event-time order at the watermark. The health is scored at once where an event
 * calls for it, and as of each local midnight for one who pays or was seen lately: a moment of the
 * ten minutes after midnight, another for each customer, so that not all come together. What
 * happens in that time waits for the score of midnight, and so never is part of it.
 *
 * <p>An event that came late where it was read corrects what is known, in the moment after all that
 * was read before it; what was told is not taken back. If it calls for a score, that is one of the
 * latest moment known, not of the past.
 *
 * <p>The second input brings models, which count from the next score on; until one comes, the
 * shipped one does. What a model expects of a customer is told with each score.
 *
 * <p>State: the customer and the events ahead of the watermark. The customer is cleared when it
 * pays nothing and has been silent for {@code timeToLive}; coming back later is new. The models are
 * in broadcast state.
 */
public final class KeepCustomer
    extends KeyedBroadcastProcessFunction<String, Event, byte[], CustomerHealth> {

  public static final OutputTag<CustomerRow> CUSTOMERS =
      new OutputTag<>("customers", TypeInformation.of(CustomerRow.class));
  public static final OutputTag<CustomerTransition> TRANSITIONS =
      new OutputTag<>("transitions", TypeInformation.of(CustomerTransition.class));
  public static final OutputTag<Event> DERIVED =
      new OutputTag<>("of-customers", EventSerializer.TYPE);
  public static final OutputTag<CustomerEvent> MATCHED =
      new OutputTag<>("customer-events", TypeInformation.of(CustomerEvent.class));

  /** The documents of models that were received, by their kind. */
  static final MapStateDescriptor<String, byte[]> MODELS =
      new MapStateDescriptor<>(
          "models", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final Logger LOG = LoggerFactory.getLogger(KeepCustomer.class);

  /** Makes neighbours of numbers that differ little far apart: 2^32 over the golden ratio. */
  private static final int SCATTER = 0x9E3779B9;

  private final HealthSettings settings;
  private final LocalDays days;
  private final Duration timeToLive;

  private transient ValueState<Customer> customers;
  private transient EventsAhead ahead;
  private transient DueTimer due;
  private transient LiveModels models;
  private transient Counter refused;

  public KeepCustomer(HealthSettings settings, ZoneId zone, Duration timeToLive) {
    this.settings = settings;
    this.days = new LocalDays(zone);
    this.timeToLive = timeToLive;
  }

  @Override
  public void open(OpenContext context) {
    customers =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("customer", CustomerSerializer.TYPE));
    ahead = new EventsAhead(getRuntimeContext());
    due = new DueTimer(getRuntimeContext());
    models = new LiveModels();
    refused = getRuntimeContext().getMetricGroup().counter("models_refused");
  }

  @Override
  public void processBroadcastElement(
      byte[] document, Context context, Collector<CustomerHealth> out) throws Exception {
    try {
      models.replace(document, context.getBroadcastState(MODELS));
    } catch (ModelException e) {
      refused.inc();
      LOG.warn("A model came that cannot be used; the one before stays: {}", e.getMessage());
    }
  }

  @Override
  public void processElement(Event event, ReadOnlyContext context, Collector<CustomerHealth> out)
      throws Exception {
    if (!ahead.holdBack(event, context.timerService())) {
      // what has come up to the watermark is over: this is known in the moment after it
      long now = context.timerService().currentWatermark() + 1;
      apply(List.of(event), Instant.ofEpochMilli(now), context, out);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<CustomerHealth> out)
      throws Exception {
    List<Event> events = ahead.release(timestamp, CustomerEvents.IN_ORDER);
    if (!events.isEmpty()) {
      apply(events, Instant.ofEpochMilli(timestamp), context, out);
    }
    if (due.isDue(timestamp)) {
      look(timestamp, context, out);
    }
  }

  /**
   * Applies what is known at the same moment, and scores the customer once if any of it calls for
   * that.
   *
   * @param events in their order; of the moment itself, or late
   * @param reached how far event time has come; the midnights before it are not scored for a
   *     customer that is first seen now
   */
  private void apply(
      List<Event> events, Instant reached, ReadOnlyContext context, Collector<CustomerHealth> out)
      throws Exception {
    Customer customer = customers.value();
    long knownLook = Long.MAX_VALUE;
    if (customer == null) {
      customer = Customer.seenAt(events.get(0).time(), days.of(reached) + 1);
    } else {
      knownLook = nextLook(customer, context.getCurrentKey());
    }
    boolean isToBeScored = false;
    boolean isProfileTold = false;
    for (Event event : events) {
      scoreMidnights(customer, event.time(), reached, context, out);
      boolean isFirstOfDay = customer.isFirstOfDay(event, days);
      customer.apply(event, days);
      if (CustomerEvents.isMatched(event, isFirstOfDay)) {
        context.output(MATCHED, CustomerEvents.matched(event, customer, reached));
      }
      isToBeScored |= CustomerEvents.isScoredAtOnce(event);
      isProfileTold |= Profile.isToldBy(event);
    }
    if (isToBeScored) {
      score(customer, customer.snapshot(days), false, reached, context, out);
    } else if (isProfileTold) {
      tellIfStale(customer, context);
    }
    customers.update(customer);
    // it always has a look to come that early, so most events need not ask the state for it
    long nextLook = nextLook(customer, context.getCurrentKey());
    if (nextLook < knownLook) {
      due.atLatest(nextLook, context.timerService());
    }
  }

  private void look(long timestamp, OnTimerContext context, Collector<CustomerHealth> out)
      throws Exception {
    Customer customer = customers.value();
    if (customer == null) {
      return;
    }
    Instant now = Instant.ofEpochMilli(timestamp);
    scoreMidnights(customer, now, now, context, out);
    if (customer.mrr().signum() == 0 && timestamp >= endOfLife(customer)) {
      customers.clear();
      return;
    }
    customers.update(customer);
    // the end of all time has no midnights after it
    if (context.timerService().currentWatermark() < Long.MAX_VALUE) {
      due.atLatest(nextLook(customer, context.getCurrentKey()), context.timerService());
    }
  }

  /** Scores what midnights there were since the last one, up to and including that time. */
  private void scoreMidnights(
      Customer customer,
      Instant until,
      Instant reached,
      ReadOnlyContext context,
      Collector<CustomerHealth> out)
      throws Exception {
    while (!days.startOf(customer.nextMidnight()).isAfter(until)) {
      if (customer.isScoredNextMidnight(settings, days)) {
        score(customer, customer.reachMidnight(days), true, reached, context, out);
        customer.passMidnight(customer.nextMidnight() + 1);
      } else {
        customer.passMidnight(days.of(until) + 1);
      }
    }
  }

  private void score(
      Customer customer,
      CustomerSnapshot snapshot,
      boolean scheduled,
      Instant reached,
      ReadOnlyContext context,
      Collector<CustomerHealth> out)
      throws Exception {
    String id = context.getCurrentKey();
    HealthScore before = customer.score();
    HealthScore now = HealthScore.of(snapshot, settings);
    customer.score(now);
    CustomerHealth row =
        new CustomerHealth(
            id,
            days.of(snapshot.asOf()),
            now,
            snapshot,
            settings.adoption(snapshot.featuresLast30Days()),
            customer.inputs());
    out.collect(row);
    Predictions predictions = predictions(snapshot, context);
    tell(CustomerEvents.scored(row, predictions, scheduled), customer, reached, context);
    if (before != null && before.category() != now.category()) {
      CustomerTransition transition =
          new CustomerTransition(
              id,
              snapshot.asOf(),
              before,
              now,
              predictions.segment(),
              predictions.churnProbability(),
              customer.inputs());
      context.output(TRANSITIONS, transition);
      tell(CustomerEvents.transitioned(transition, snapshot), customer, reached, context);
    }
    context.output(CUSTOMERS, customer.toRow(id, predictions));
  }

  private static void tell(
      Event derived, Customer customer, Instant reached, ReadOnlyContext context) {
    context.output(DERIVED, derived);
    context.output(MATCHED, CustomerEvents.matched(derived, customer, reached));
  }

  private void tellIfStale(Customer customer, ReadOnlyContext context) throws Exception {
    if (customer.rowIsStale()) {
      Predictions predictions = predictions(customer.snapshot(days), context);
      context.output(CUSTOMERS, customer.toRow(context.getCurrentKey(), predictions));
    }
  }

  private Predictions predictions(CustomerSnapshot snapshot, ReadOnlyContext context)
      throws Exception {
    return Predictions.of(snapshot, models.current(context.getBroadcastState(MODELS)));
  }

  /** When to look again if nothing comes: at the next score, or when it may be forgotten. */
  private long nextLook(Customer customer, String id) {
    return customer.isScoredNextMidnight(settings, days)
        ? days.startOf(customer.nextMidnight()).toEpochMilli() + spread(id)
        : endOfLife(customer);
  }

  private long endOfLife(Customer customer) {
    return customer.lastSeen().plus(timeToLive).toEpochMilli();
  }

  private long spread(String id) {
    return Math.floorMod(id.hashCode() * SCATTER, settings.scoredWithin().toMillis());
  }
}
