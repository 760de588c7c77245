package io.tidewatch.dashboards;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.Evidence;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Where people look further when an alert fires: a dashboard, over the time of the alert.
 *
 * @param url the address that dashboards are below, such as {@code http://127.0.0.1:3000}; empty
 *     for no links
 * @param boards the uid of each receiver's dashboard; an alert opens that of the first of its
 *     receivers who has one
 * @param otherwise the uid of the one that all other alerts open
 */
public record DashboardLinks(String url, Map<String, String> boards, String otherwise)
    implements Serializable {

  /** There are no dashboards. */
  public static final DashboardLinks NONE = new DashboardLinks("", Map.of(), "");

  /** Dashboards open a little before the trouble. */
  private static final Duration LEAST_LEAD = Duration.ofHours(1);

  /** And so many windows of the metric before it. */
  private static final int WINDOWS_OF_LEAD = 6;

  public DashboardLinks {
    boards = Map.copyOf(boards);
  }

  /**
   * Such as {@code http://127.0.0.1:3000/d/tidewatch-operations?from=1772442000000&to=now}; empty
   * if there is none.
   */
  public String of(Alert alert) {
    if (url.isEmpty()) {
      return "";
    }
    Duration lead = lead(alert.evidence());
    Instant end = alert.endedAt();
    return "%s/d/%s?from=%d&to=%s"
        .formatted(
            url,
            board(alert.profile().receivers()),
            alert.startedAt().minus(lead).toEpochMilli(),
            end == null ? "now" : end.plus(lead).toEpochMilli());
  }

  private String board(List<String> receivers) {
    return receivers.stream()
        .filter(boards::containsKey)
        .findFirst()
        .map(boards::get)
        .orElse(otherwise);
  }

  private static Duration lead(List<Evidence> evidence) {
    return evidence.stream()
        .filter(matched -> matched.to() != null)
        .map(matched -> Duration.between(matched.from(), matched.to()))
        .map(window -> window.multipliedBy(WINDOWS_OF_LEAD))
        .reduce(LEAST_LEAD, (one, other) -> one.compareTo(other) > 0 ? one : other);
  }
}
