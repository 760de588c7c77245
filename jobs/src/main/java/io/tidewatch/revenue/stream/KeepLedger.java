package io.tidewatch.revenue.stream;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.QualityCheck;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.ingest.QualityFlags;
import io.tidewatch.operator.EventSerializer;
import io.tidewatch.revenue.CustomerLedger;
import io.tidewatch.revenue.Movement;
import io.tidewatch.revenue.MovementRow;
import io.tidewatch.revenue.SubscriptionEvents;
import io.tidewatch.time.DueTimer;
import io.tidewatch.time.EventsAhead;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps the ledger of each customer: events of subscriptions in, rows of {@code mrr_movements} out.
 *
 * <p>Events apply in event-time order at the watermark; one that came late where it was read
 * applies in the moment after all that was read before it and corrects the movements behind it, for
 * {@link CustomerLedger#CORRECTED_FOR}; it is flagged if it is older. The derived event {@code
 * mrr.moved} is told once for each event that moved revenue, as it was known then.
 *
 * <p>State: the ledger and the events ahead of the watermark. The ledger is cleared when the
 * customer pays nothing and has been silent for {@code timeToLive}; coming back later is new.
 */
public final class KeepLedger extends KeyedProcessFunction<String, Event, MovementRow> {

  public static final OutputTag<Event> MOVED = new OutputTag<>("mrr-moved", EventSerializer.TYPE);
  public static final OutputTag<QualityFlag> FLAGS =
      new OutputTag<>("ledger-flags", TypeInformation.of(QualityFlag.class));

  private final Duration timeToLive;
  private final String currency;

  private transient ValueState<CustomerLedger> ledger;
  private transient EventsAhead ahead;
  private transient DueTimer due;

  /**
   * @param timeToLive how long a customer who pays nothing and says nothing is remembered
   * @param currency that all money comes converted to; null if it comes as it is
   */
  public KeepLedger(Duration timeToLive, String currency) {
    this.timeToLive = timeToLive;
    this.currency = currency;
  }

  @Override
  public void open(OpenContext context) {
    ledger =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("ledger", TypeInformation.of(CustomerLedger.class)));
    ahead = new EventsAhead(getRuntimeContext());
    due = new DueTimer(getRuntimeContext());
  }

  @Override
  public void processElement(Event event, Context context, Collector<MovementRow> out)
      throws Exception {
    if (!ahead.holdBack(event, context.timerService())) {
      apply(event, context, out);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<MovementRow> out)
      throws Exception {
    for (Event event : ahead.release(timestamp, SubscriptionEvents.IN_ORDER)) {
      apply(event, context, out);
    }
    CustomerLedger now = ledger.value();
    if (!due.isDue(timestamp) || now == null) {
      return;
    }
    if (timestamp < endOfLife(now)) {
      due.atLatest(endOfLife(now), context.timerService());
    } else if (now.mrr().signum() == 0) {
      ledger.clear();
    } else if (context.timerService().currentWatermark() < Long.MAX_VALUE) {
      // after the end of all time it would be looked at forever
      due.atLatest(timestamp + timeToLive.toMillis(), context.timerService());
    }
  }

  private void apply(Event event, Context context, Collector<MovementRow> out) throws Exception {
    CustomerLedger before = Optional.ofNullable(ledger.value()).orElse(CustomerLedger.EMPTY);
    Optional<CustomerLedger.Applied> result = before.apply(SubscriptionEvents.changeOf(event));
    if (result.isEmpty()) {
      context.output(
          FLAGS,
          QualityFlags.about(
              event,
              QualityCheck.LEDGER_TOO_LATE,
              "time",
              "it is more than %d days older than the customer's last change and moved nothing"
                  .formatted(CustomerLedger.CORRECTED_FOR.toDays())));
      return;
    }
    CustomerLedger.Applied applied = result.get();
    CustomerLedger now = applied.ledger();
    for (Movement movement : applied.moved()) {
      out.collect(new MovementRow(event.customerId(), movement, false, now.changes()));
      if (movement.eventId().equals(event.id())) {
        context.output(
            MOVED,
            SubscriptionEvents.moved(
                event, movement, now, currency == null ? movement.currency() : currency));
      }
    }
    for (Movement movement : applied.ceased()) {
      out.collect(new MovementRow(event.customerId(), movement, true, now.changes()));
    }
    ledger.update(now);
    due.atLatest(endOfLife(now), context.timerService());
  }

  private long endOfLife(CustomerLedger ledger) {
    return ledger.lastChange().plus(timeToLive).toEpochMilli();
  }
}
