package io.tidewatch.local.status;

import static java.util.stream.Collectors.joining;

import io.tidewatch.clickhouse.ClickHouse;
import io.tidewatch.clickhouse.SqlText;
import io.tidewatch.ingest.SourceSetup;
import io.tidewatch.job.TidewatchSettings;
import java.time.LocalDate;
import java.util.List;

/**
 * How many events came more than once in sources that do not deduplicate. Metrics count each time,
 * facts hold one row.
 *
 * <p>Told by the records that were accepted and the facts that are there. It is a lower bound: a
 * record may hold several events, and the count of today's records is up to a minute old.
 */
public final class ResentEvents {

  private static final String RESENT =
      """
      SELECT sum(greatest(toInt64(records.accepted) - toInt64(facts.held), 0)) AS resent
      FROM
      (
        SELECT dims['source'] AS source, sum(value) AS accepted
        FROM tidewatch.v_metric_windows
        WHERE metric = 'events_accepted' AND window = '1d' AND window_start >= %1$s
        GROUP BY source
      ) AS records
      INNER JOIN
      (
        SELECT source, count() AS held
        FROM tidewatch.v_fact_events
        WHERE received_at >= %1$s
        GROUP BY source
      ) AS facts ON records.source = facts.source
      WHERE source IN (%2$s)""";

  private final ClickHouse clickHouse;
  private final TidewatchSettings settings;

  public ResentEvents(ClickHouse clickHouse, TidewatchSettings settings) {
    this.clickHouse = clickHouse;
    this.settings = settings;
  }

  /** At least so many, of those that came from that day on. */
  public long since(LocalDate day) {
    List<String> sources =
        settings.sources().all().stream()
            .map(SourceSetup::source)
            .filter(source -> source.deduplicationHorizon() == null)
            .map(source -> SqlText.literal(source.name()))
            .toList();
    if (sources.isEmpty()) {
      return 0;
    }
    String query =
        RESENT.formatted(
            SqlText.time(day.atStartOfDay(settings.reporting().zone()).toInstant()),
            sources.stream().collect(joining(", ")));
    return Long.parseLong(clickHouse.query(query).get(0).get("resent"));
  }
}
