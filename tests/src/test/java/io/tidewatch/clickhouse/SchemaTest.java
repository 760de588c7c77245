package io.tidewatch.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {

  @RegisterExtension static final LiveClickHouse CLICK_HOUSE = new LiveClickHouse();

  private static final Instant TIME = Instant.parse("2026-01-31T23:59:59.999Z");

  @Test
  void migratingAgainChangesNothing() {
    assertThat(new Migrations(CLICK_HOUSE.client()).apply(SchemaFiles.packaged().migrations()))
        .isEmpty();
  }

  @Test
  void everyStatementCanBeRepeated() {
    SchemaFiles.packaged().migrations().stream()
        .flatMap(migration -> migration.statements().stream())
        .forEach(CLICK_HOUSE.client()::execute);
  }

  @Test
  void rolesParseWhereTheEngineKeepsNone() {
    assertThat(new Roles(CLICK_HOUSE.client()).apply(SchemaFiles.packaged().roles()))
        .isEqualTo(Roles.Outcome.CHECKED_ONLY);
  }

  @ParameterizedTest
  @MethodSource("grants")
  void rolesNameViewsAndColumnsThatExist(String grant) {
    String selected = grant.replaceFirst("GRANT SELECT(?:\\((.*)\\))? ON (\\S+) TO .*", "$1|$2");
    String[] parts = selected.split("\\|", -1);
    CLICK_HOUSE
        .client()
        .query(
            "SELECT %s FROM %s LIMIT 0".formatted(parts[0].isEmpty() ? "*" : parts[0], parts[1]));
    assertThat(parts[1]).startsWith("tidewatch.v_");
  }

  static Stream<String> grants() {
    return SchemaFiles.packaged().roles().stream()
        .filter(statement -> statement.startsWith("GRANT SELECT"))
        .filter(statement -> !statement.endsWith("tidewatch_writer"));
  }

  @ParameterizedTest
  @MethodSource("grants")
  void readersSeeNoPerson(String grant) {
    if (!grant.startsWith("GRANT SELECT(")) {
      String view = grant.replaceFirst(".* ON (?:tidewatch\\.)(\\S+) TO .*", "$1");
      assertThat(columns(view))
          .doesNotContain(
              "person",
              "user_id",
              "anonymous_id",
              "session_id",
              "properties",
              "payload",
              "email_hash");
    } else {
      assertThat(grant)
          .doesNotContain(
              "person,", "user_id", "anonymous_id", "session_id", "properties", "payload", "email");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fact_events | type, time, source, event_id | toYYYYMM(time)",
        "fact_api_usage | timestamp, source, id | toYYYYMM(timestamp)",
        "fact_revenue | type, processed_at, source, id | toYYYYMM(processed_at)",
        "fact_feature_usage | first_used_at, source, id | toYYYYMM(first_used_at)",
        "fact_customer_health | customer_id, calculated_at | toYYYYMM(calculated_at)",
        "dim_customers | customer_id | ''",
        "metric_windows | metric, window, series, window_start | toYYYYMM(window_start)",
        "alerts | alert_id | ''",
        "alert_acknowledgements | alert_id | ''",
        "mrr_movements | customer_id, event_id | ''",
        "customer_transitions | customer_id, time | toYYYYMM(time)",
        "sessions | person, started_at | toYYYYMM(started_at)",
        "funnel_steps | funnel, person, entered_at, step | toYYYYMM(entered_at)",
        "attribution_credits | conversion_id, model, touch_index | ''",
        "experiment_results | experiment, variant, day | toYYYYMM(day)",
        "dead_letters | source, topic, partition, offset | ''",
        "late_events | source, event_id, time, type | toYYYYMM(time)",
        "data_quality | check, source, event_id, time | toYYYYMM(time)",
        "erasure_log | request_id | ''",
        "audit_log | time, entry_id | toYYYYMM(time)",
        "fx_rates | currency, quote_currency, day | toYYYYMM(day)",
        "kpi_targets | target | ''",
      })
  void everyTableReplacesRowsOfAKey(String table, String key, String partition) {
    assertThat(
            CLICK_HOUSE
                .client()
                .query(
                    "SELECT sorting_key, partition_key, engine_full FROM system.tables"
                        + " WHERE database = 'tidewatch' AND name = '%s'".formatted(table)))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row).containsEntry("sorting_key", key);
              assertThat(row).containsEntry("partition_key", partition);
              assertThat(row.get("engine_full"))
                  .startsWith("ReplacingMergeTree(version, is_deleted)");
            });
    assertThat(columns(table)).contains("version", "is_deleted", "inserted_at");
    assertThat(columns("v_" + table))
        .isNotEmpty()
        .doesNotContain("version", "is_deleted", "inserted_at");
  }

  @Test
  void splitsFactsRowToRow() {
    CLICK_HOUSE.write(
        Tables.FACT_EVENTS,
        List.of(
            fact(
                "a1",
                "api.request",
                null,
                Map.of(
                    "endpoint",
                    "/inference",
                    "method",
                    "POST",
                    "status_code",
                    "200",
                    "response_time_ms",
                    "120.5",
                    "compute_units",
                    "3.6")),
            fact(
                "a2",
                "api.request",
                null,
                Map.of(
                    "endpoint",
                    "/x",
                    "method",
                    "GET",
                    "status_code",
                    "many",
                    "response_time_ms",
                    "soon",
                    "bytes_processed",
                    "1e999",
                    "compute_units",
                    "99999999999999999999")),
            fact("p1", "payment.succeeded", new BigDecimal("20.05"), Map.of("invoice_id", "in_1")),
            fact("p2", "payment.refunded", new BigDecimal("0.05"), Map.of()),
            fact("p3", "payment.failed", new BigDecimal("7"), Map.of()),
            fact("f1", "feature.used", null, Map.of("feature", "export"))));

    assertThat(
            CLICK_HOUSE
                .client()
                .text(
                    "SELECT id, endpoint, response_code, response_time_ms, bytes_processed,"
                        + " compute_units, timestamp, date_partition"
                        + " FROM tidewatch.v_fact_api_usage ORDER BY id FORMAT TSV"))
        .isEqualTo(
            "a1\t/inference\t200\t120.5\t\\N\t3.6\t2026-01-31 23:59:59.999\t2026-01-31\n"
                + "a2\t/x\t\\N\t\\N\t\\N\t\\N\t2026-01-31 23:59:59.999\t2026-01-31\n");
    assertThat(CLICK_HOUSE.value("SELECT sum(amount) FROM tidewatch.v_fact_revenue"))
        .isEqualTo("20");
    assertThat(CLICK_HOUSE.value("SELECT max(stripe_invoice_id) FROM tidewatch.v_fact_revenue"))
        .isEqualTo("in_1");
    assertThat(CLICK_HOUSE.value("SELECT feature_name FROM tidewatch.v_fact_feature_usage"))
        .isEqualTo("export");

    CLICK_HOUSE
        .client()
        .execute(
            """
            INSERT INTO tidewatch.fact_events (type, time, source, event_id, version, is_deleted)
            SELECT type, time, source, event_id, 2, 1 FROM tidewatch.fact_events""");

    for (String view :
        List.of("v_fact_events", "v_fact_api_usage", "v_fact_revenue", "v_fact_feature_usage")) {
      assertThat(CLICK_HOUSE.value("SELECT count() FROM tidewatch." + view))
          .as(view)
          .isEqualTo("0");
    }
  }

  @Test
  void retentionChangesOnlyWhatDiffers() {
    Retention retention = new Retention(CLICK_HOUSE.client());
    Map<String, Duration> periods =
        Map.of("audit_log", Duration.ofDays(400), "late_events", Duration.ofHours(36));

    assertThat(retention.apply(periods))
        .containsExactly(
            "ALTER TABLE tidewatch.audit_log MODIFY TTL inserted_at + toIntervalDay(400)",
            "ALTER TABLE tidewatch.late_events MODIFY TTL inserted_at + toIntervalSecond(129600)");
    assertThat(retention.apply(periods)).isEmpty();
    assertThat(retention.apply(Map.of("audit_log", Duration.ofDays(400))))
        .containsExactly("ALTER TABLE tidewatch.late_events REMOVE TTL");
    assertThat(retention.apply(Map.of())).hasSize(1);
  }

  private static List<String> columns(String table) {
    return CLICK_HOUSE
        .client()
        .query(
            "SELECT name FROM system.columns WHERE database = 'tidewatch' AND table = '%s'"
                .formatted(table))
        .stream()
        .map(row -> row.get("name"))
        .toList();
  }

  private static Event fact(
      String id, String type, BigDecimal amount, Map<String, String> properties) {
    return new Event(
        "test",
        id,
        type,
        TIME,
        TIME,
        "customer-1",
        null,
        null,
        null,
        amount,
        "EUR",
        properties,
        false,
        Event.NEVER_LATE);
  }
}
