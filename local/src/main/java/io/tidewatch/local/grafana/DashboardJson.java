package io.tidewatch.local.grafana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Dashboards in Grafana's JSON, as its provisioning takes them. */
public final class DashboardJson {

  /** The data source's uid; the one in its provisioning. */
  static final String DATASOURCE = "tidewatch";

  private static final String TYPE = "grafana-clickhouse-datasource";
  private static final int SCHEMA_VERSION = 41;
  private static final String TAG = "tidewatch";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final DefaultPrettyPrinter PRETTY =
      new DefaultPrettyPrinter()
          .withObjectIndenter(new DefaultIndenter("  ", "\n"))
          .withArrayIndenter(new DefaultIndenter("  ", "\n"));

  private static final String ALERTS =
      """
      SELECT
        started_at AS time,
        ifNull(ended_at, least(now64(3), toDateTime64($__toTime, 3))) AS timeEnd,
        rule AS title,
        concat(summary, ' <a href="/public/runbooks/', rule, '.md">Runbook</a>') AS text,
        arrayStringConcat([severity, status], ',') AS tags
      FROM tidewatch.v_alerts
      WHERE started_at <= $__toTime AND ifNull(ended_at, now()) >= $__fromTime
        AND severity IN ('critical', 'high') AND %s
      ORDER BY time DESC
      LIMIT 100""";

  private DashboardJson() {}

  /** The files of all dashboards, by name. */
  public static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    for (Dashboard dashboard : Dashboard.ALL) {
      files.put(dashboard.uid() + ".json", text(dashboard));
    }
    return files;
  }

  static ObjectNode datasource() {
    return JSON.objectNode().put("type", TYPE).put("uid", DATASOURCE);
  }

  static ObjectNode query(String reference, String sql, boolean timeSeries) {
    ObjectNode query = JSON.objectNode().put("refId", reference);
    query.set("datasource", datasource());
    return query
        .put("editorType", "sql")
        .put("queryType", timeSeries ? "timeseries" : "table")
        .put("format", timeSeries ? 0 : 1)
        .put("rawSql", sql);
  }

  private static String text(Dashboard dashboard) {
    try {
      return new ObjectMapper().writer(PRETTY).writeValueAsString(json(dashboard)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("nodes of texts and numbers", e);
    }
  }

  private static ObjectNode json(Dashboard dashboard) {
    ObjectNode json = JSON.objectNode();
    json.put("uid", dashboard.uid())
        .put("title", dashboard.title())
        .put("description", dashboard.question());
    json.putArray("tags").add(TAG);
    json.put("schemaVersion", SCHEMA_VERSION)
        .put("editable", false)
        .put("graphTooltip", 1)
        .put("fiscalYearStartMonth", 0)
        .put("timezone", "browser")
        .put("refresh", dashboard.refresh());
    json.putObject("time").put("from", dashboard.from()).put("to", "now");
    json.putObject("timepicker")
        .putArray("refresh_intervals")
        .add("10s")
        .add("30s")
        .add("1m")
        .add("5m")
        .add("15m");
    json.putArray("links").add(otherDashboards());
    json.putObject("annotations").putArray("list").add(alerts(dashboard));
    ArrayNode variables = json.putObject("templating").putArray("list");
    dashboard.variables().forEach(variable -> variables.add(variable(variable)));
    json.set("panels", panels(dashboard));
    return json;
  }

  private static ArrayNode panels(Dashboard dashboard) {
    ArrayNode panels = JSON.arrayNode();
    int y = 0;
    for (Row row : dashboard.rows()) {
      int x = 0;
      for (Panel panel : row.panels()) {
        panels.add(panel.json(panels.size() + 1, x, y, row.height()));
        x += panel.width();
      }
      y += row.height();
    }
    return panels;
  }

  private static ObjectNode otherDashboards() {
    ObjectNode link =
        JSON.objectNode()
            .put("title", "Dashboards")
            .put("type", "dashboards")
            .put("icon", "external link")
            .put("tooltip", "")
            .put("url", "")
            .put("asDropdown", false)
            .put("includeVars", true)
            .put("keepTime", true)
            .put("targetBlank", false);
    link.putArray("tags").add(TAG);
    return link;
  }

  private static ObjectNode alerts(Dashboard dashboard) {
    ObjectNode annotation = JSON.objectNode().put("name", "Alerts").put("enable", true);
    annotation.set("datasource", datasource());
    annotation.put("iconColor", Colour.BAD.code());
    annotation.set("target", query("Alerts", ALERTS.formatted(dashboard.alerts()), false));
    return annotation;
  }

  private static ObjectNode variable(Variable variable) {
    ObjectNode node =
        JSON.objectNode()
            .put("type", "query")
            .put("name", variable.name())
            .put("label", variable.label());
    node.set("datasource", datasource());
    node.put("query", variable.sql())
        .put("refresh", 1)
        .put("includeAll", true)
        .put("multi", true)
        .put("skipUrlSync", false)
        .put("hide", 0)
        .put("sort", 0)
        .put("regex", "");
    ObjectNode current = node.putObject("current");
    current.putArray("text").add("All");
    current.putArray("value").add("$__all");
    node.putArray("options");
    return node;
  }
}
