package io.tidewatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.alert.Alert;
import io.tidewatch.customers.CustomerHealth;
import io.tidewatch.customers.CustomerRow;
import io.tidewatch.customers.stream.CustomersStage;
import io.tidewatch.event.Event;
import io.tidewatch.ingest.DeadLetter;
import io.tidewatch.ingest.IngestSettings;
import io.tidewatch.ingest.LateEvent;
import io.tidewatch.ingest.PersonalFields;
import io.tidewatch.ingest.RawRecord;
import io.tidewatch.ingest.RecordReader;
import io.tidewatch.ingest.SourceSettings;
import io.tidewatch.ingest.stream.Arrival;
import io.tidewatch.ingest.stream.IngestStage;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.models.Models;
import io.tidewatch.operator.SmallCluster;
import io.tidewatch.rules.stream.RulesStage;
import io.tidewatch.time.InMemoryPartitions;
import io.tidewatch.time.SourceWatermarks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.function.SerializableFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class PipelineTest {

  @RegisterExtension static final MiniClusterExtension CLUSTER = SmallCluster.ofTwoSlots();

  private static final TidewatchSettings SETTINGS = ShippedSettings.load();
  private static final Instant RECEIVED = Instant.parse("2026-03-03T02:00:00Z");
  private static final String MARK = "nothing older than ";

  private final StreamExecutionEnvironment environment = environment();

  @Test
  void twoDaysOfASmallCompany() throws Exception {
    SourceSettings billing =
        new SourceSettings(
            "billing",
            List.of("billing-events"),
            "tidewatch",
            null,
            Duration.ofHours(24),
            true,
            PersonalFields.none());
    SourceSettings customers = SourceSettings.tidewatch("customers", "customer-events");
    Pipeline.Outputs outputs =
        new Pipeline(SETTINGS, EnumSet.allOf(Stage.class), true)
            .define(
                List.of(
                    recording(
                        billing,
                        payment("p1", "2026-03-01T10:10:00Z", "10.10"),
                        payment("p2", "2026-03-01T10:20:00Z", "0.20"),
                        payment("p1", "2026-03-01T10:10:00Z", "10.10"),
                        "{\"type\": \"payment.succeeded\", ",
                        payment("p3", "2026-03-02T12:00:00Z", "7"),
                        // noon of the second day is past the first by more than the hour allowed
                        payment("p4", "2026-03-01T10:30:00Z", "1000"),
                        MARK + "2026-03-03T01:00:00Z"),
                    recording(
                        customers,
                        event(
                            "c1",
                            "customer.created",
                            "2026-03-01T10:00:00Z",
                            "\"properties\": {\"plan\": \"pro\"}"),
                        event(
                            "f1",
                            "feature.used",
                            "2026-03-01T22:00:00Z",
                            "\"properties\": {\"feature\": \"export\"}"),
                        event(
                            "f2",
                            "feature.used",
                            "2026-03-01T22:30:00Z",
                            "\"consent\": {\"analytics\": false},"
                                + " \"properties\": {\"feature\": \"export\"}"),
                        event("u1", "parrot.fed", "2026-03-01T22:40:00Z", "\"properties\": {}"),
                        MARK + "2026-03-03T01:00:00Z")),
                new Pipeline.Controls(models(), RulesStage.noMessages(environment)));

    CloseableIterator<Event> events = collect(outputs.events());
    CloseableIterator<DeadLetter> deadLetters = collect(outputs.deadLetters());
    CloseableIterator<LateEvent> lateEvents = collect(outputs.lateEvents());
    CloseableIterator<MetricWindow> metricWindows = collect(outputs.metricWindows());
    environment.executeAsync();
    Map<String, MetricWindow> rows = latest(all(metricWindows));

    List<Event> accepted = all(events);
    assertThat(accepted)
        .extracting(Event::id)
        .containsExactlyInAnyOrder("p1", "p2", "p3", "p4", "c1", "f1", "u1");
    // the order of a recording holds: c1 was read before f1
    assertThat(accepted)
        .extracting(Event::id, event -> event.get("plan"))
        .contains(tuple("c1", "pro"), tuple("f1", "pro"));
    assertThat(all(deadLetters))
        .extracting(DeadLetter::source, DeadLetter::reasonCode)
        .containsExactly(tuple("billing", "JSON_INVALID"));
    assertThat(all(lateEvents))
        .extracting(LateEvent::eventId, LateEvent::watermark)
        // 12:00:00 less 10 seconds of disorder; all before that has come
        .containsExactly(tuple("p4", Instant.parse("2026-03-02T11:59:49.999Z")));

    // 10.10 + 0.20, once each and without the late 1000
    assertThat(rows.get("gross_revenue 1d 2026-03-01T00:00:00Z ").amount())
        .isEqualByComparingTo("10.3");
    assertThat(rows.get("gross_revenue 1h 2026-03-01T10:00:00Z ").amount())
        .isEqualByComparingTo("10.3");
    assertThat(rows.get("gross_revenue 1d 2026-03-02T00:00:00Z ").amount())
        .isEqualByComparingTo("7");
    // from 10:00 to 22:00
    assertThat(rows.get("time_to_first_value 1d 2026-03-01T00:00:00Z ").value()).isEqualTo(0.5);
    assertThat(rows.get("active_customers 1d 2026-03-01T00:00:00Z ").value()).isEqualTo(1);
    assertThat(rows.values()).allMatch(MetricWindow::isFinal);

    Map<String, Double> ends = new HashMap<>();
    for (String end :
        List.of("read", "accepted", "rejected", "duplicate", "no_consent", "accounted", "late")) {
      ends.put(end, rows.get("events_" + end + " 1d 2026-03-03T00:00:00Z ").value());
    }
    assertThat(ends)
        .containsEntry("read", 10.0) // 6 + 4
        .containsEntry("accepted", 7.0)
        .containsEntry("rejected", 1.0)
        .containsEntry("duplicate", 1.0)
        .containsEntry("no_consent", 1.0)
        .containsEntry("accounted", 10.0) // 7 + 1 + 1 + 1
        .containsEntry("late", 1.0);
    assertThat(rows.get("events_unknown_type 1d 2026-03-03T00:00:00Z source=customers").value())
        .isEqualTo(1);
    assertThat(rows)
        .doesNotContainKey("events_unknown_type 1d 2026-03-03T00:00:00Z source=billing");
  }

  @Test
  void aCustomerComesAndGoes() throws Exception {
    String subscription =
        "\"properties\": {\"subscription_id\": \"s1\", \"plan\": \"pro\", \"amount\": \"240\","
            + " \"currency\": \"EUR\", \"interval\": \"year\"}";
    Pipeline.Outputs outputs =
        new Pipeline(SETTINGS, EnumSet.allOf(Stage.class), true)
            .define(
                List.of(
                    recording(
                        SourceSettings.tidewatch("customers", "customer-events"),
                        event(
                            "c1",
                            "customer.created",
                            "2026-02-27T10:00:00Z",
                            "\"properties\": {\"company_name\": \"Acme\", \"country\": \"DE\"}"),
                        event("s1", "subscription.started", "2026-02-27T11:00:00Z", subscription),
                        event(
                            "f1",
                            "feature.used",
                            "2026-02-27T12:00:00Z",
                            "\"properties\": {\"feature\": \"export\"}"),
                        event(
                            "s2",
                            "subscription.canceled",
                            "2026-03-01T11:00:00Z",
                            "\"properties\": {\"subscription_id\": \"s1\"}"),
                        MARK + "2026-03-02T01:00:00Z")),
                new Pipeline.Controls(models(), RulesStage.noMessages(environment)));
    CustomersStage.Outputs customers = outputs.customers().orElseThrow();
    CloseableIterator<CustomerHealth> health = customers.health().collectAsync();
    CloseableIterator<CustomerRow> dimension = customers.customers().collectAsync();
    CloseableIterator<MetricWindow> metricWindows = collect(outputs.metricWindows());
    environment.executeAsync();
    Map<String, MetricWindow> rows = latest(all(metricWindows));

    // when it started, at three midnights, and when it was canceled; the last is of the end
    assertThat(all(health))
        .filteredOn(row -> row.customer().asOf().isBefore(Instant.parse("2026-03-02T00:00:00Z")))
        .extracting(row -> row.customer().asOf().toString(), row -> row.health().score())
        .containsExactly(
            tuple("2026-02-27T11:00:00Z", 30), // nothing used, nothing due, no ticket
            tuple("2026-02-27T23:59:59.999Z", 84), // 30 + 20 + 4 + 15 + 15
            tuple("2026-02-28T23:59:59.999Z", 83), // 20 × 13 ÷ 14
            tuple("2026-03-01T11:00:00Z", 81), // 20 × 12 ÷ 14
            tuple("2026-03-01T23:59:59.999Z", 81));
    List<CustomerRow> told = all(dimension);
    assertThat(told.stream().map(row -> tuple(row.profile().plan(), row.mrr().toPlainString())))
        .containsSequence(tuple("", "0"), tuple("pro", "20.0000"))
        .endsWith(tuple("pro", "0"));
    assertThat(told)
        .extracting(
            row -> row.predictions().segment(), row -> row.predictions().churnReasons().size())
        .contains(tuple("Potential Loyalists", 3));
    assertThat(values(rows, "mrr", "")).containsExactly(20.0, 20.0, 0.0);
    assertThat(values(rows, "arr", "plan=pro")).containsExactly(240.0, 240.0, 0.0);
    assertThat(values(rows, "average_health", "country=DE")).containsExactly(84.0, 83.0, 81.0);
    assertThat(values(rows, "at_risk_customers", "")).containsExactly(0.0, 0.0, 0.0);
    assertThat(values(rows, "customers_by_category", "category=Good"))
        .containsExactly(1.0, 1.0, 1.0);
    // nobody paid when the first day began
    assertThat(values(rows, "logo_churn_rate", "")).containsExactly(null, 0.0, 1.0);
    assertThat(values(rows, "revenue_churn_rate", "")).containsExactly(null, 0.0, 1.0);
    assertThat(rows.values()).allMatch(MetricWindow::isFinal);
  }

  @Test
  void troubleOfACustomerBecomesAlertsThatNameIt() throws Exception {
    String payment = "\"properties\": {\"amount\": \"240\", \"currency\": \"EUR\"}";
    Pipeline.Outputs outputs =
        new Pipeline(SETTINGS, EnumSet.allOf(Stage.class), true)
            .define(
                List.of(
                    recording(
                        SourceSettings.tidewatch("customers", "customer-events"),
                        event(
                            "c1",
                            "customer.created",
                            "2026-02-18T10:00:00Z",
                            "\"properties\": {\"company_name\": \"Acme\"}"),
                        event("p1", "payment.failed", "2026-02-25T11:00:00Z", payment),
                        event("p2", "payment.failed", "2026-02-26T11:00:00Z", payment),
                        event("p3", "payment.failed", "2026-02-27T11:00:00Z", payment),
                        event("p4", "payment.succeeded", "2026-03-01T11:00:00Z", payment),
                        MARK + "2026-03-02T01:00:00Z")),
                new Pipeline.Controls(models(), RulesStage.noMessages(environment)));
    CloseableIterator<Alert> alerts = collect(outputs.alerts());
    environment.executeAsync();

    assertThat(all(alerts))
        .filteredOn(
            alert ->
                !alert.profile().pattern().isEmpty()
                    && alert.updatedAt().isBefore(Instant.parse("2026-03-02T00:00:00Z")))
        .extracting(
            alert -> alert.profile().rule(),
            alert -> alert.status().name(),
            alert -> alert.startedAt().toString(),
            alert -> alert.updatedAt().toString())
        .containsExactlyInAnyOrder(
            tuple("onboarding_stall", "FIRING", "2026-02-18T10:00:00Z", "2026-02-25T10:00:00Z"),
            tuple(
                "payment_failure_streak", "FIRING", "2026-02-25T11:00:00Z", "2026-02-27T11:00:00Z"),
            tuple(
                "payment_failure_streak",
                "RESOLVED",
                "2026-02-25T11:00:00Z",
                "2026-03-01T11:00:00Z"),
            tuple("dunning_unrecovered", "FIRING", "2026-02-25T11:00:00Z", "2026-02-28T11:00:00Z"),
            tuple(
                "dunning_unrecovered", "RESOLVED", "2026-02-25T11:00:00Z", "2026-03-01T11:00:00Z"));
  }

  /** Of three days; null where there is no row. */
  private static List<Double> values(Map<String, MetricWindow> rows, String metric, String series) {
    List<Double> values = new ArrayList<>();
    for (String day : List.of("2026-02-27", "2026-02-28", "2026-03-01")) {
      MetricWindow row = rows.get(metric + " 1d " + day + "T00:00:00Z " + series);
      values.add(row == null ? null : row.value());
    }
    return values;
  }

  private IngestStage.Input recording(SourceSettings source, String... records) {
    return new IngestStage.Input(
        source,
        environment
            .fromSource(
                InMemoryPartitions.ending(
                    List.of(List.of(records)), new Reading(source, SETTINGS.sources().ingest())),
                SourceWatermarks.replay(new Arrival.Clock(), Duration.ofSeconds(10)),
                source.name(),
                TypeInformation.of(Arrival.class))
            .setParallelism(1));
  }

  private static String payment(String id, String time, String amount) {
    return event(
        id,
        "payment.succeeded",
        time,
        "\"properties\": {\"amount\": \"%s\", \"currency\": \"EUR\"}".formatted(amount));
  }

  private static String event(String id, String type, String time, String rest) {
    return "{\"id\": \"%s\", \"type\": \"%s\", \"time\": \"%s\", \"customer_id\": \"acme\", %s}"
        .formatted(id, type, time, rest);
  }

  private static StreamExecutionEnvironment environment() {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.configure(
        new Configuration()
            .set(PipelineOptions.GENERIC_TYPES, false)
            .set(PipelineOptions.OBJECT_REUSE, true));
    environment.setParallelism(2);
    return environment;
  }

  private static <T> CloseableIterator<T> collect(List<DataStream<T>> streams) {
    return streams.stream().reduce(DataStream::union).orElseThrow().collectAsync();
  }

  private static <T> List<T> all(CloseableIterator<T> iterator) throws Exception {
    List<T> all = new ArrayList<>();
    try (iterator) {
      iterator.forEachRemaining(all::add);
    }
    return all;
  }

  /** The row of the greatest version, as ClickHouse would keep it. */
  private static Map<String, MetricWindow> latest(List<MetricWindow> rows) {
    Map<String, MetricWindow> latest = new HashMap<>();
    for (MetricWindow row : rows) {
      latest.merge(
          row.metric() + ' ' + row.window() + ' ' + row.windowStart() + ' ' + row.series(),
          row,
          (one, other) -> one.version() > other.version() ? one : other);
    }
    return latest;
  }

  private DataStream<byte[]> models() {
    return environment.fromData(
        Models.shippedDocuments(), PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }

  /** Reads texts as a topic's records are read; a mark is a text of its own. */
  private static final class Reading implements SerializableFunction<String, Arrival> {

    private final SourceSettings source;
    private final IngestSettings settings;

    private transient RecordReader reader;
    private transient long offset;

    private Reading(SourceSettings source, IngestSettings settings) {
      this.source = source;
      this.settings = settings;
    }

    @Override
    public Arrival apply(String text) {
      if (text.startsWith(MARK)) {
        return Arrival.mark(Instant.parse(text.substring(MARK.length())), RECEIVED);
      }
      if (reader == null) {
        reader = new RecordReader(source, settings);
      }
      byte[] value = text.getBytes(StandardCharsets.UTF_8);
      return Arrival.of(
          reader.read(
              new RawRecord(source.name(), source.topics().get(0), 0, offset++, RECEIVED, value)),
          RECEIVED);
    }
  }
}
