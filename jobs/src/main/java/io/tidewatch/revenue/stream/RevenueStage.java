package io.tidewatch.revenue.stream;

import static io.tidewatch.operator.Operators.identify;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.revenue.MovementRow;
import io.tidewatch.revenue.SubscriptionEvents;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Events of subscriptions to the movements of monthly recurring revenue. */
public final class RevenueStage {

  private RevenueStage() {}

  /**
   * @param derived {@code mrr.moved}
   */
  public record Outputs(
      DataStream<MovementRow> movements,
      DataStream<Event> derived,
      DataStream<QualityFlag> flags) {}

  /**
   * @param customerTimeToLive how long a customer who pays nothing and says nothing is remembered
   * @param currency that all money comes converted to, if it does
   */
  public static Outputs apply(
      DataStream<Event> events, Duration customerTimeToLive, Optional<String> currency) {
    SingleOutputStreamOperator<MovementRow> movements =
        identify(
            identify(events.filter(SubscriptionEvents::isRead), OperatorIds.SELECT_SUBSCRIPTIONS)
                .keyBy(Event::customerId)
                .process(new KeepLedger(customerTimeToLive, currency.orElse(null))),
            OperatorIds.KEEP_LEDGER);
    return new Outputs(
        movements,
        movements.getSideOutput(KeepLedger.MOVED),
        movements.getSideOutput(KeepLedger.FLAGS));
  }
}
