package io.tidewatch.local.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.event.Event;
import io.tidewatch.ingest.IngestSettings;
import io.tidewatch.ingest.RawRecord;
import io.tidewatch.ingest.RecordReader;
import io.tidewatch.ingest.SourceSettings;
import io.tidewatch.local.ClickHouseAccess;
import io.tidewatch.local.DataDirectory;
import io.tidewatch.local.company.Company;
import io.tidewatch.local.company.CompanyEvent;
import io.tidewatch.local.stack.Schema;
import io.tidewatch.revenue.CustomerLedger;
import io.tidewatch.revenue.Movement;
import io.tidewatch.revenue.SubscriptionEvents;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A ClickHouse with facts and movements of revenue, as the job would have written them. */
final class Warehouse implements AutoCloseable {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BATCH_CHARACTERS = 16 << 20;

  /** What models of customers look at. */
  private static final Set<String> TYPES =
      Set.of(
          "api.request",
          "auth.succeeded",
          "customer.created",
          "feature.used",
          "payment.failed",
          "subscription.canceled",
          "subscription.changed",
          "subscription.started",
          "ticket.opened");

  private final ClickHouseAccess access;
  private final ClickHouseClient client;
  private final StringBuilder facts = new StringBuilder();
  private final StringBuilder movements = new StringBuilder();
  private final Map<String, CustomerLedger> ledgers = new HashMap<>();
  private final RecordReader reader =
      new RecordReader(
          SourceSettings.tidewatch("company", "any"),
          IngestSettings.defaults("a key for tests".getBytes(StandardCharsets.UTF_8)));
  private int events;

  Warehouse(Path directory) {
    access = ClickHouseAccess.open(DataDirectory.at(directory));
    new Schema(access.client("default")).migrate();
    client = access.client("tidewatch");
  }

  /** A company's life from its founding on. */
  static Warehouse ofCompany(Path directory, Company company, Duration life) {
    Warehouse warehouse = new Warehouse(directory);
    Instant end = company.start().plus(life);
    while (company.nextTime().isBefore(end)) {
      warehouse.add(company.next());
    }
    warehouse.write();
    return warehouse;
  }

  ClickHouseClient client() {
    return client;
  }

  PastCustomers history() {
    return new PastCustomers(client, ZoneId.of("UTC"));
  }

  /** Adds a fact of a customer; properties come as name and value in turn. */
  Warehouse fact(String type, String time, String customer, String... properties) {
    Map<String, Object> map = new HashMap<>();
    for (int i = 0; i < properties.length; i += 2) {
      map.put(properties[i], properties[i + 1]);
    }
    append(
        new CompanyEvent("e" + events, type, Instant.parse(time), customer, null, null, null, map));
    return this;
  }

  /** Adds a movement of a customer's revenue, on the plan pro. */
  Warehouse movement(String kind, String time, String customer, String before, String after) {
    appendMovement(
        customer,
        "e" + events++,
        Instant.parse(time),
        kind,
        new BigDecimal(before),
        new BigDecimal(after),
        "pro");
    return this;
  }

  /** Writes all that was added. */
  void write() {
    insert("fact_events", facts);
    insert("mrr_movements", movements);
  }

  @Override
  public void close() {
    access.close();
  }

  /**
   * Adds what happened, if models look at it.
   *
   * @return how the customer's revenue moved
   */
  List<Movement> add(CompanyEvent event) {
    if (!TYPES.contains(event.type())) {
      return List.of();
    }
    append(event);
    if (event.type().startsWith("subscription.")) {
      Event read = read(event);
      CustomerLedger.Applied applied =
          ledgers
              .getOrDefault(event.customerId(), CustomerLedger.EMPTY)
              .apply(SubscriptionEvents.changeOf(read))
              .orElseThrow();
      ledgers.put(event.customerId(), applied.ledger());
      applied.moved().forEach(movement -> appendMovement(event.customerId(), movement));
      return applied.moved();
    }
    return List.of();
  }

  /** What is known of a customer's subscriptions. */
  CustomerLedger ledger(String customerId) {
    return ledgers.get(customerId);
  }

  /** The event as ingest reads it. */
  Event read(CompanyEvent event) {
    return reader
        .read(new RawRecord("company", event.topic(), 0, 0, event.time(), event.json()))
        .events()
        .get(0);
  }

  private void append(CompanyEvent event) {
    Map<String, String> properties = new HashMap<>();
    event.properties().forEach((name, value) -> properties.put(name, String.valueOf(value)));
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("type", event.type());
    row.put("time", TIME.format(event.time()));
    row.put("source", "company");
    row.put("event_id", event.id());
    row.put("received_at", TIME.format(event.time()));
    row.put("customer_id", event.customerId());
    row.put("properties", properties);
    row.put("version", 1);
    events++;
    append(facts, row);
    if (facts.length() > BATCH_CHARACTERS) {
      insert("fact_events", facts);
    }
  }

  private void appendMovement(String customer, Movement movement) {
    appendMovement(
        customer,
        movement.eventId(),
        movement.time(),
        movement.kind().name().toLowerCase(Locale.ROOT),
        movement.before(),
        movement.after(),
        movement.plan());
  }

  private void appendMovement(
      String customer,
      String eventId,
      Instant time,
      String kind,
      BigDecimal before,
      BigDecimal after,
      String plan) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("customer_id", customer);
    row.put("event_id", eventId);
    row.put("time", TIME.format(time));
    row.put("kind", kind);
    row.put("delta", after.subtract(before).toPlainString());
    row.put("mrr_before", before.toPlainString());
    row.put("mrr_after", after.toPlainString());
    row.put("plan", plan);
    row.put("version", 1);
    append(movements, row);
  }

  private static void append(StringBuilder rows, Map<String, Object> row) {
    try {
      rows.append(JSON.writeValueAsString(row)).append('\n');
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void insert(String table, StringBuilder rows) {
    if (!rows.isEmpty()) {
      client.execute("INSERT INTO " + table + " FORMAT JSONEachRow\n" + rows);
      rows.setLength(0);
    }
  }
}
