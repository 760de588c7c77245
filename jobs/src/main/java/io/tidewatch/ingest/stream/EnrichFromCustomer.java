package io.tidewatch.ingest.stream;

import io.tidewatch.customers.Profile;
import io.tidewatch.event.Event;
import io.tidewatch.ingest.QualityCheck;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.ingest.QualityFlags;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Gives events the plan, tier and country of their customer where they lack them: the latest told
 * at or before the event's time among the events already read. Nothing waits for a profile, and a
 * later one changes nothing that has passed.
 *
 * <p>To be keyed by customer id; events without one must not come here. {@code customer.*}, {@code
 * subscription.started} and {@code subscription.changed} tell about a customer and make it known.
 * Each other event is a reference, sent to {@link #REFERENCES}; a customer that is not known is
 * flagged once per local day of the events, to {@link #FLAGS}.
 *
 * <p>State: up to {@value CustomerHistory#MAX_PROFILES} profiles for each customer, kept until the
 * customer has sent nothing for {@code timeToLive} (of the processing clock, to the day). Those of
 * the last {@value #REMEMBERED} customers seen are on the heap too, and read from there.
 */
public final class EnrichFromCustomer extends KeyedProcessFunction<String, Event, Event> {

  private static final long serialVersionUID = 1;
  private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();
  private static final int REMEMBERED = 20_000;

  public static final OutputTag<QualityFlag> FLAGS = new OutputTag<>("unknown-customers") {};
  public static final OutputTag<CustomerReference> REFERENCES =
      new OutputTag<>("customer-references") {};

  private final Duration timeToLive;
  private final ZoneId zone;

  private transient ValueState<CustomerHistory> history;

  /** What the state holds of the customers that were last seen. */
  private transient Map<String, CustomerHistory> remembered;

  /**
   * @param timeToLive how long an inactive customer is remembered; a day is added, because activity
   *     is noted once a day
   * @param zone whose days count for flags
   */
  public EnrichFromCustomer(Duration timeToLive, ZoneId zone) {
    this.timeToLive = timeToLive;
    this.zone = zone;
  }

  @Override
  public void open(OpenContext context) {
    var descriptor = new ValueStateDescriptor<>("customer", CustomerHistory.class);
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(timeToLive.plusDays(1)).build());
    history = getRuntimeContext().getState(descriptor);
    remembered = new LastSeen<>(REMEMBERED);
  }

  @Override
  public void processElement(Event event, Context context, Collector<Event> out) throws Exception {
    long today = context.timerService().currentProcessingTime() / MILLIS_PER_DAY;
    CustomerHistory stored = stored(context.getCurrentKey(), today);
    CustomerHistory known = stored == null ? CustomerHistory.empty() : stored;
    if (Profile.isToldBy(event)) {
      known = known.with(CustomerProfile.of(event));
    } else {
      known = resolve(event, known, context);
    }
    // writing once a day keeps an active customer alive at no cost for each event
    if (known != stored || known.touchedOn() != today) {
      known = known.touchedOn(today);
      history.update(known);
      remembered.put(context.getCurrentKey(), known);
    }
    out.collect(enrich(event, known));
  }

  /** Null for a customer never seen, or not for so long that the state may have forgotten it. */
  private CustomerHistory stored(String customer, long today) throws Exception {
    CustomerHistory known = remembered.get(customer);
    if (known == null || today - known.touchedOn() >= timeToLive.toDays()) {
      known = history.value();
      if (known != null) {
        remembered.put(customer, known);
      }
    }
    return known;
  }

  private CustomerHistory resolve(Event event, CustomerHistory known, Context context) {
    context.output(
        REFERENCES, new CustomerReference(event.source(), event.receivedAt(), known.isKnown()));
    long day = event.time().atZone(zone).toLocalDate().toEpochDay();
    if (known.isKnown() || Long.valueOf(day).equals(known.flaggedOn())) {
      return known;
    }
    context.output(
        FLAGS,
        QualityFlags.about(
            event,
            QualityCheck.CUSTOMER_UNKNOWN,
            "customer_id",
            "no event has told about this customer yet"));
    return known.flaggedOn(day);
  }

  private static Event enrich(Event event, CustomerHistory known) {
    Map<String, String> properties = null;
    long time = event.time().toEpochMilli();
    for (String property : CustomerProfile.PROPERTIES) {
      if (event.properties().containsKey(property)) {
        continue;
      }
      String value = known.valueAt(time, property);
      if (value != null) {
        properties = properties == null ? new HashMap<>(event.properties()) : properties;
        properties.put(property, value);
      }
    }
    return properties == null ? event : event.withProperties(properties);
  }
}
