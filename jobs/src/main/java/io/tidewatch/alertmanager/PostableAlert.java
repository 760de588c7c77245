package io.tidewatch.alertmanager;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.Figures;
import io.tidewatch.metrics.SeriesKey;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An alert as Alertmanager is told of it.
 *
 * <p>Alertmanager knows an alert by its labels alone: their hash is its fingerprint. So they hold
 * what cannot change in an alert's life, its id among them, and two episodes of one trouble are two
 * alerts there as they are here. What may change is in the annotations.
 *
 * <p>A list is one label such as {@code ,finance,operations,}, so that a route finds one of them
 * with {@code receivers=~".*,finance,.*"}.
 *
 * @param startsAt event time
 * @param endsAt event time; null while it fires
 * @param generatorUrl where people look further; empty for nowhere
 * @param version grows with each change of the alert
 */
record PostableAlert(
    Map<String, String> labels,
    Map<String, String> annotations,
    Instant startsAt,
    Instant endsAt,
    String generatorUrl,
    long version) {

  private static final String ID = "alert_id";

  PostableAlert {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /**
   * @param dashboard where people look further; empty for nowhere
   */
  static PostableAlert of(Alert alert, String dashboard) {
    return new PostableAlert(
        labels(alert),
        annotations(alert, dashboard),
        alert.startedAt(),
        alert.endedAt() == null ? null : later(alert.startedAt(), alert.endedAt()),
        dashboard,
        alert.version());
  }

  String id() {
    return labels.get(ID);
  }

  boolean isFiring() {
    return endsAt == null;
  }

  /** This with the identity that Alertmanager already knows it by. */
  PostableAlert knownAs(PostableAlert earlier) {
    return new PostableAlert(
        earlier.labels, annotations, earlier.startsAt, endsAt, generatorUrl, version);
  }

  private static Map<String, String> labels(Alert alert) {
    Map<String, String> labels = new TreeMap<>();
    dimensions(alert.series())
        .forEach((dimension, value) -> put(labels, labelName(dimension), value));
    put(labels, "customer_id", alert.customerId());
    put(labels, "pattern", alert.profile().pattern());
    put(labels, "alertname", alert.profile().rule());
    put(labels, "severity", alert.profile().severity().name().toLowerCase(Locale.ROOT));
    put(labels, "receivers", list(alert.profile().receivers()));
    put(labels, "actions", list(alert.profile().actions()));
    put(labels, ID, alert.id());
    return labels;
  }

  private static Map<String, String> annotations(Alert alert, String dashboard) {
    Map<String, String> annotations = new TreeMap<>();
    put(annotations, "summary", alert.summary());
    put(annotations, "series", alert.series());
    put(annotations, "runbook", alert.profile().runbook());
    put(annotations, "dashboard", dashboard);
    Figures figures = alert.figures();
    put(annotations, "value", text(figures.value()));
    put(annotations, "baseline", text(figures.baseline()));
    put(annotations, "threshold", text(figures.threshold()));
    if (alert.resolution() != null) {
      put(annotations, "resolution", alert.resolution().name().toLowerCase(Locale.ROOT));
    }
    return annotations;
  }

  /** Alertmanager takes a label without a value for one that is not there. */
  private static void put(Map<String, String> texts, String name, String value) {
    if (value != null && !value.isEmpty()) {
      texts.put(name, value);
    }
  }

  /** A text that is no series key must not stop the delivery of all alerts. */
  private static Map<String, String> dimensions(String series) {
    try {
      return SeriesKey.parse(series);
    } catch (IllegalArgumentException noKey) {
      return Map.of("series", series);
    }
  }

  private static String labelName(String dimension) {
    String name = dimension.replaceAll("[^a-zA-Z0-9_]", "_");
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? '_' + name : name;
  }

  private static String list(List<String> items) {
    return items.isEmpty() ? "" : "," + String.join(",", items) + ",";
  }

  private static String text(Double number) {
    return number == null ? "" : number.toString();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
