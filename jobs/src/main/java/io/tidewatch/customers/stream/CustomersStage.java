package io.tidewatch.customers.stream;

import static io.tidewatch.operator.Operators.identify;

import io.tidewatch.customers.CustomerEvents;
import io.tidewatch.customers.CustomerHealth;
import io.tidewatch.customers.CustomerRow;
import io.tidewatch.customers.CustomerTransition;
import io.tidewatch.customers.HealthSettings;
import io.tidewatch.event.Event;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.pattern.customer.CustomerEvent;
import java.time.Duration;
import java.time.ZoneId;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Events of customers to their health and to what patterns of customers match. */
public final class CustomersStage {

  private CustomersStage() {}

  /**
   * @param zone whose midnights are scored
   * @param timeToLive how long a customer who pays nothing and says nothing is remembered
   */
  public record Settings(HealthSettings health, ZoneId zone, Duration timeToLive) {}

  /**
   * @param derived {@code customer.scored} and {@code customer.transitioned}
   * @param matched what patterns of customers are shown
   */
  public record Outputs(
      DataStream<CustomerHealth> health,
      DataStream<CustomerRow> customers,
      DataStream<CustomerTransition> transitions,
      DataStream<Event> derived,
      DataStream<CustomerEvent> matched) {}

  /**
   * @param events of sources, and {@code mrr.moved}
   * @param models documents of models; its watermarks must not hold anything back
   */
  public static Outputs apply(
      DataStream<Event> events, DataStream<byte[]> models, Settings settings) {
    SingleOutputStreamOperator<CustomerHealth> health =
        identify(
            identify(
                    identify(events.filter(CustomerEvents::isRead), OperatorIds.SELECT_CUSTOMERS)
                        .map(CustomerEvents::lightened)
                        .returns(events.getType()),
                    OperatorIds.LIGHTEN_CUSTOMERS)
                .keyBy(Event::customerId)
                .connect(models.broadcast(KeepCustomer.MODELS))
                .process(
                    new KeepCustomer(settings.health(), settings.zone(), settings.timeToLive())),
            OperatorIds.KEEP_CUSTOMER);
    return new Outputs(
        health,
        health.getSideOutput(KeepCustomer.CUSTOMERS),
        health.getSideOutput(KeepCustomer.TRANSITIONS),
        health.getSideOutput(KeepCustomer.DERIVED),
        health.getSideOutput(KeepCustomer.MATCHED));
  }
}
