package io.tidewatch.kafka;

import io.tidewatch.alert.Alert;
import io.tidewatch.clickhouse.Tables;
import io.tidewatch.customers.CustomerTransition;
import io.tidewatch.dashboards.DashboardLinks;
import io.tidewatch.event.Event;
import io.tidewatch.ingest.DeadLetter;
import io.tidewatch.metric.MetricWindow;

/** The topics that the job writes, with the keys of their records. */
public final class RowTopics {

  public static final RowTopic<Event> EVENTS =
      new RowTopic<>(
          EventsTopic.NAME, Tables.FACT_EVENTS, event -> event.source() + '|' + event.id());

  public static final RowTopic<DeadLetter> DEAD_LETTERS =
      new RowTopic<>(
          "dead-letters",
          Tables.DEAD_LETTERS,
          letter ->
              letter.source()
                  + '|'
                  + letter.topic()
                  + '|'
                  + letter.partition()
                  + '|'
                  + letter.offset());

  public static final RowTopic<MetricWindow> METRIC_WINDOWS =
      new RowTopic<>("metric-windows", Tables.METRIC_WINDOWS, MetricWindow::seriesKey);

  public static final RowTopic<CustomerTransition> CUSTOMER_TRANSITIONS =
      new RowTopic<>(
          "customer-transitions", Tables.CUSTOMER_TRANSITIONS, CustomerTransition::customerId);

  private RowTopics() {}

  /**
   * @param dashboards where alerts link to
   */
  public static RowTopic<Alert> alerts(DashboardLinks dashboards) {
    return new RowTopic<>("alerts", Tables.alerts(dashboards), Alert::id);
  }
}
