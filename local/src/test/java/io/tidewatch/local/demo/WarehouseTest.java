package io.tidewatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.local.ClickHouseAccess;
import io.tidewatch.local.DataDirectory;
import io.tidewatch.local.stack.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the engine. */
class WarehouseTest {

  private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-03-01T12:10:15Z");

  @TempDir private Path directory;

  @Test
  void figuresAreOfTheLastMinuteThatIsThereAndOfTheHourAndTheDaySoFar() {
    try (ClickHouseAccess access = ClickHouseAccess.open(DataDirectory.at(directory))) {
      new Schema(access.client("default")).migrate();
      ClickHouseClient client = access.client("tidewatch");
      write(client, "api_requests", "1m", "", "2026-03-01 12:08:00", 7);
      write(client, "api_requests", "1m", "", "2026-03-01 12:09:00", 1);
      write(client, "api_requests", "1m", "endpoint=/a", "2026-03-01 12:08:00", 3);
      write(client, "failed_logins", "1h", "", "2026-03-01 12:00:00", 9);
      write(client, "failed_logins", "1h", "", "2026-03-01 11:00:00", 5);
      write(client, "net_revenue", "1d", "", "2026-03-01 00:00:00", 812);
      write(client, "events_read", "1m", "", "2026-03-01 12:08:00", 30);
      write(client, "events_read", "1d", "", "2026-03-01 00:00:00", 900);

      // rows of 12:09 may not all be there 15 s after its end
      assertThat(new Warehouse(client).figures(NOW, Duration.ofSeconds(18)).values())
          .isEqualTo(
              Map.of(
                  "api_requests 1m", 7.0,
                  "failed_logins 1h", 9.0,
                  "net_revenue 1d", 812.0,
                  "events_read 1m", 30.0));
    }
  }

  /** A window is there once its last row is. */
  @Test
  void aWindowsDelayIsThatOfItsLastRowAndEachWindowHasOne() {
    try (ClickHouseAccess access = ClickHouseAccess.open(DataDirectory.at(directory))) {
      new Schema(access.client("default")).migrate();
      ClickHouseClient client = access.client("tidewatch");
      row(client, "api_requests", "12:08:00", "12:09:03.500", 1);
      row(client, "failed_logins", "12:08:00", "12:09:03.900", 1);
      row(client, "api_requests", "12:09:00", "12:10:04.000", 1);
      row(client, "api_requests", "12:07:00", "12:10:06.000", 1);
      row(client, "api_errors", "12:09:00", "12:10:07.000", 0);
      row(client, "events_read", "12:09:00", "12:10:12.000", 1);
      row(client, "api_requests", "12:10:00", "12:11:04.000", 1);

      Instant since = Instant.parse("2026-03-01T12:08:30Z");
      Instant marked = Instant.parse("2026-03-01T12:10:30Z");
      assertThat(
              new Warehouse(client)
                  .windowDelays(
                      since,
                      end ->
                          end.isAfter(marked) ? Optional.empty() : Optional.of(end.plusSeconds(3))))
          .containsExactlyInAnyOrder(Duration.ofMillis(900), Duration.ofMillis(1000));
    }
  }

  @Test
  void recordsAreCountedByTheMinutesThatAreOver() {
    try (ClickHouseAccess access = ClickHouseAccess.open(DataDirectory.at(directory))) {
      new Schema(access.client("default")).migrate();
      ClickHouseClient client = access.client("tidewatch");
      write(client, "events_read", "1m", "", "2026-03-01 12:08:00", 30);
      write(client, "events_read", "1m", "", "2026-03-01 12:09:00", 12);
      write(client, "events_read", "1m", "source=api", "2026-03-01 12:09:00", 12);
      write(client, "events_read", "1m", "", "2026-03-01 12:10:00", 5);
      write(client, "events_read", "1h", "", "2026-03-01 12:00:00", 47);
      write(client, "events_duplicate", "1m", "", "2026-03-01 12:09:00", 2);
      assertThat(new Warehouse(client).recordCounts(Instant.parse("2026-03-01T12:10:00Z")).byName())
          .isEqualTo(Map.of("read", 42L, "duplicate", 2L));
    }
  }

  private static void row(
      ClickHouseClient client, String metric, String start, String inserted, int isFinal) {
    client.execute(
        """
        INSERT INTO tidewatch.metric_windows
          (metric, window, series, window_start, window_end, value, samples, is_final, version,
           inserted_at)
        SELECT '%s', '1m', '', toDateTime64('2026-03-01 %s', 3, 'UTC') AS start,
          start + INTERVAL 1 MINUTE, 1, 1, %d, 2, toDateTime64('2026-03-01 %s', 3, 'UTC')"""
            .formatted(metric, start, isFinal, inserted));
  }

  private static void write(
      ClickHouseClient client,
      String metric,
      String window,
      String series,
      String start,
      int value) {
    client.execute(
        """
        INSERT INTO tidewatch.metric_windows
          (metric, window, series, window_start, window_end, value, samples, is_final, version)
        SELECT '%s', '%s', '%s', toDateTime64('%s', 3, 'UTC') AS start, start + INTERVAL 1 MINUTE,
          %d, 1, 1, 2"""
            .formatted(metric, window, series, start, value));
  }
}
