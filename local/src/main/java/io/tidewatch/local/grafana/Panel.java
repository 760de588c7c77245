package io.tidewatch.local.grafana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * One panel of a dashboard, in the making: what a kind of panel needs is there from the start, and
 * each method adds to it.
 *
 * <p>SQL for a time series gives {@code time} and either columns of numbers, each a series of its
 * name, or a column of names and {@code value}.
 */
final class Panel {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String type;
  private final String title;
  private final String description;
  private final String sql;
  private final ObjectNode defaults = JSON.objectNode();
  private final ObjectNode custom = JSON.objectNode();
  private final ObjectNode options = JSON.objectNode();
  private final ArrayNode overrides = JSON.arrayNode();
  private final int width;
  private Duration least = Duration.ofMinutes(1);

  private Panel(String type, int width, String title, String description, String sql) {
    this.type = type;
    this.width = width;
    this.title = title;
    this.description = description;
    this.sql = sql.strip();
    unit(Unit.NONE);
    noData("Nothing in this range.");
    thresholds(new Threshold(Double.NEGATIVE_INFINITY, Colour.BLUE));
    defaults.set("mappings", JSON.arrayNode());
  }

  /** Numbers at a glance, of the last row; each column is one. */
  static Panel stat(int width, String title, String description, String sql) {
    Panel panel = new Panel("stat", width, title, description, sql);
    panel.defaults.putObject("color").put("mode", "thresholds");
    panel.reduce(false);
    panel
        .options
        .put("colorMode", "value")
        .put("graphMode", "none")
        .put("justifyMode", "auto")
        .put("orientation", "auto")
        .put("textMode", "auto")
        .put("wideLayout", true)
        .put("showPercentChange", false)
        .put("percentChangeColorMode", "standard");
    return panel;
  }

  /** One number on a dial. */
  static Panel gauge(int width, String title, String description, String sql, double greatest) {
    Panel panel = new Panel("gauge", width, title, description, sql);
    panel.defaults.putObject("color").put("mode", "thresholds");
    panel.defaults.put("min", 0).put("max", greatest);
    panel.reduce(false);
    panel
        .options
        .put("minVizWidth", 75)
        .put("minVizHeight", 75)
        .put("orientation", "auto")
        .put("showThresholdLabels", false)
        .put("showThresholdMarkers", true)
        .put("sizing", "auto");
    return panel;
  }

  /** Lines over time. */
  static Panel lines(int width, String title, String description, String sql) {
    Panel panel = new Panel("timeseries", width, title, description, sql);
    panel.defaults.putObject("color").put("mode", "palette-colorblind");
    panel
        .custom
        .put("drawStyle", "line")
        .put("lineWidth", 2)
        .put("fillOpacity", 8)
        .put("lineInterpolation", "linear")
        .put("showPoints", "auto")
        .put("pointSize", 4)
        .put("axisPlacement", "auto")
        .put("axisSoftMin", 0);
    panel.stacking("none");
    panel.legend("list", "bottom");
    panel.options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
    return panel;
  }

  /** Areas on top of one another. */
  static Panel stack(int width, String title, String description, String sql) {
    Panel panel = lines(width, title, description, sql);
    panel.custom.put("fillOpacity", 45).put("lineWidth", 1);
    return panel.stacking("normal");
  }

  /** Bars over time, on top of one another. */
  static Panel bars(int width, String title, String description, String sql) {
    Panel panel = lines(width, title, description, sql);
    panel
        .custom
        .put("drawStyle", "bars")
        .put("fillOpacity", 80)
        .put("lineWidth", 0)
        .put("barAlignment", 0)
        .put("barWidthFactor", 0.8);
    return panel.stacking("normal");
  }

  /** Bars side by side: the first column names them, each other one is a bar. */
  static Panel barChart(int width, String title, String description, String sql) {
    Panel panel = new Panel("barchart", width, title, description, sql);
    panel.defaults.putObject("color").put("mode", "palette-colorblind");
    panel.custom.put("fillOpacity", 80).put("lineWidth", 0).put("axisPlacement", "auto");
    panel.legend("list", "bottom");
    panel.options.putObject("tooltip").put("mode", "multi").put("sort", "none");
    panel
        .options
        .put("orientation", "horizontal")
        .put("showValue", "auto")
        .put("stacking", "none")
        .put("groupWidth", 0.7)
        .put("barWidth", 0.9)
        .put("barRadius", 0)
        .put("fullHighlight", false)
        .put("xTickLabelRotation", 0)
        .put("xTickLabelSpacing", 0);
    return panel;
  }

  /** A bar for each row, named by its text. */
  static Panel barGauge(int width, String title, String description, String sql) {
    Panel panel = new Panel("bargauge", width, title, description, sql);
    panel.defaults.putObject("color").put("mode", "thresholds");
    panel.defaults.put("min", 0);
    panel.reduce(true);
    panel
        .options
        .put("displayMode", "basic")
        .put("orientation", "horizontal")
        .put("valueMode", "text")
        .put("namePlacement", "auto")
        .put("showUnfilled", true)
        .put("sizing", "auto")
        .put("minVizHeight", 16)
        .put("minVizWidth", 8)
        .put("maxVizHeight", 40);
    return panel;
  }

  /** Shares of a whole, one for each row, named by its text. */
  static Panel pie(int width, String title, String description, String sql) {
    Panel panel = new Panel("piechart", width, title, description, sql);
    panel.defaults.putObject("color").put("mode", "palette-colorblind");
    panel.reduce(true);
    panel.legend("table", "right");
    ((ObjectNode) panel.options.get("legend")).putArray("values").add("value").add("percent");
    panel.options.putArray("displayLabels");
    panel.options.put("pieType", "donut").put("sort", "desc");
    panel.options.putObject("tooltip").put("mode", "single").put("sort", "none");
    return panel;
  }

  /** Rows as they are. */
  static Panel table(int width, String title, String description, String sql) {
    Panel panel = new Panel("table", width, title, description, sql);
    panel.defaults.putObject("color").put("mode", "thresholds");
    panel
        .custom
        .put("align", "auto")
        .put("filterable", false)
        .put("inspect", false)
        .putObject("cellOptions")
        .put("type", "auto");
    panel.options.put("showHeader", true).put("cellHeight", "sm");
    return panel;
  }

  /** Counts by time and, as columns from low to high, by size. */
  static Panel heatmap(int width, String title, String description, String sql) {
    Panel panel = new Panel("heatmap", width, title, description, sql);
    panel.options.put("calculate", false);
    panel
        .options
        .putObject("color")
        .put("mode", "scheme")
        .put("scheme", "Cividis")
        .put("steps", 64)
        .put("exponent", 0.5)
        .put("fill", Colour.BLUE.code())
        .put("reverse", false);
    panel.options.put("cellGap", 1);
    panel.options.putObject("yAxis").put("axisPlacement", "left").put("reverse", false);
    panel.options.putObject("rowsFrame").put("layout", "auto");
    panel.options.putObject("legend").put("show", true);
    panel.options.putObject("tooltip").put("mode", "single").put("yHistogram", false);
    panel.options.putObject("filterValues").put("le", 1e-9);
    panel.options.putObject("exemplars").put("color", "rgba(255,0,255,0.7)");
    return panel;
  }

  Panel unit(Unit unit) {
    defaults.put("unit", unit.id());
    return this;
  }

  Panel decimals(int decimals) {
    defaults.put("decimals", decimals);
    return this;
  }

  Panel least(double value) {
    defaults.put("min", value);
    return this;
  }

  Panel most(double value) {
    defaults.put("max", value);
    return this;
  }

  /** What stands there when there is nothing to show. */
  Panel noData(String text) {
    defaults.put("noValue", text);
    return this;
  }

  /** The first one is the colour of all that is below the second. */
  Panel thresholds(Threshold... thresholds) {
    ObjectNode node = defaults.putObject("thresholds").put("mode", "absolute");
    ArrayNode steps = node.putArray("steps");
    for (Threshold threshold : thresholds) {
      ObjectNode step = steps.addObject().put("color", threshold.colour().code());
      if (steps.size() == 1) {
        step.putNull("value");
      } else {
        step.put("value", threshold.from());
      }
    }
    return this;
  }

  /** Lines where thresholds are. */
  Panel limit(double value) {
    custom.putObject("thresholdsStyle").put("mode", "dashed");
    return wrongFrom(value);
  }

  /** Anything from there on is a fault. */
  Panel wrongFrom(double value) {
    return thresholds(
        new Threshold(Double.NEGATIVE_INFINITY, Colour.GOOD), new Threshold(value, Colour.BAD));
  }

  /** Less is better up to the one limit, bad from the other. */
  Panel risesTo(double warning, double bad) {
    return thresholds(
        new Threshold(Double.NEGATIVE_INFINITY, Colour.GOOD),
        new Threshold(warning, Colour.WARNING),
        new Threshold(bad, Colour.BAD));
  }

  /** More is better: bad below the one limit, good from the other. */
  Panel fallsTo(double bad, double warning) {
    return thresholds(
        new Threshold(Double.NEGATIVE_INFINITY, Colour.BAD),
        new Threshold(bad, Colour.WARNING),
        new Threshold(warning, Colour.GOOD));
  }

  /** Shows how far the last row is from the first, which is the period before. */
  Panel withChange(boolean lowerIsBetter) {
    options
        .put("showPercentChange", true)
        .put("percentChangeColorMode", lowerIsBetter ? "inverted" : "standard")
        .put("textMode", "value");
    return this;
  }

  /** Series are named by the query's column of names. */
  Panel namedBy(String column) {
    defaults.put("displayName", "${__field.labels." + column + "}");
    return this;
  }

  /** Points are no closer than this; a line goes on over two that are missing. */
  Panel every(Duration interval) {
    least = interval;
    return this;
  }

  Panel colour(String column, Colour colour) {
    property(column, "color")
        .putObject("value")
        .put("mode", "fixed")
        .put("fixedColor", colour.code());
    return this;
  }

  /** A column drawn as a line among bars. */
  Panel line(String column, Colour colour) {
    colour(column, colour);
    property(column, "custom.drawStyle").put("value", "line");
    property(column, "custom.lineWidth").put("value", 2);
    property(column, "custom.fillOpacity").put("value", 0);
    property(column, "custom.stacking").putObject("value").put("mode", "none").put("group", "B");
    property(column, "custom.lineStyle")
        .putObject("value")
        .put("fill", "dash")
        .putArray("dash")
        .add(6)
        .add(6);
    return this;
  }

  Panel column(String column, Unit unit) {
    property(column, "unit").put("value", unit.id());
    return this;
  }

  Panel column(String column, Unit unit, int decimals) {
    property(column, "decimals").put("value", decimals);
    return column(column, unit);
  }

  /** On an axis of its own, on the right. */
  Panel rightAxis(String column, Unit unit) {
    property(column, "custom.axisPlacement").put("value", "right");
    return column(column, unit);
  }

  Panel columnWidth(String column, int pixels) {
    property(column, "custom.width").put("value", pixels);
    return this;
  }

  /** A dash stands where a column has no value; what the panel says is for no rows at all. */
  Panel mayLack(String column) {
    property(column, "noValue").put("value", "–");
    return this;
  }

  /** Long texts of a column go on in the next line. */
  Panel wrap(String column) {
    property(column, "custom.cellOptions")
        .putObject("value")
        .put("type", "auto")
        .put("wrapText", true);
    return this;
  }

  /** Several numbers stand below one another. */
  Panel upright() {
    options.put("orientation", "horizontal");
    return this;
  }

  /** A cell leads to an address, which may name {@code ${__data.fields.column}}. */
  Panel link(String column, String title, String url) {
    property(column, "links").putArray("value").addObject().put("title", title).put("url", url);
    return this;
  }

  /** Colours the texts of a column. */
  Panel words(String column, Map<String, Colour> colours) {
    ObjectNode mapping = property(column, "mappings").putArray("value").addObject();
    ObjectNode words = mapping.put("type", "value").putObject("options");
    int index = 0;
    for (Map.Entry<String, Colour> word : new TreeMap<>(colours).entrySet()) {
      words
          .putObject(word.getKey())
          .put("text", word.getKey())
          .put("color", word.getValue().code())
          .put("index", index++);
    }
    property(column, "custom.cellOptions").putObject("value").put("type", "color-text");
    return this;
  }

  /** Draws the numbers of a column as bars. */
  Panel gaugeCells(String column, double most) {
    ObjectNode cell = property(column, "custom.cellOptions").putObject("value");
    cell.put("type", "gauge").put("mode", "basic").put("valueDisplayMode", "text");
    property(column, "min").put("value", 0);
    property(column, "max").put("value", most);
    return this;
  }

  String title() {
    return title;
  }

  int width() {
    return width;
  }

  ObjectNode json(int id, int x, int y, int height) {
    ObjectNode panel = JSON.objectNode();
    panel.put("id", id).put("type", type).put("title", title).put("description", description);
    panel.set("datasource", DashboardJson.datasource());
    panel.putObject("gridPos").put("x", x).put("y", y).put("w", width).put("h", height);
    ObjectNode field = panel.putObject("fieldConfig");
    if (type.equals("timeseries")) {
      custom.put("spanNulls", least.multipliedBy(3).toMillis());
    }
    if (!custom.isEmpty()) {
      defaults.set("custom", custom);
    }
    field.set("defaults", defaults);
    field.set("overrides", overrides);
    panel.set("options", options);
    if (type.equals("timeseries") || type.equals("heatmap")) {
      panel.put("interval", least.toMinutes() + "m");
    }
    panel.putArray("targets").add(DashboardJson.query("A", sql, type.equals("timeseries")));
    return panel;
  }

  private Panel stacking(String mode) {
    custom.putObject("stacking").put("mode", mode).put("group", "A");
    return this;
  }

  private void legend(String mode, String placement) {
    options
        .putObject("legend")
        .put("displayMode", mode)
        .put("placement", placement)
        .put("showLegend", true)
        .putArray("calcs");
  }

  private void reduce(boolean rows) {
    ObjectNode reduce = options.putObject("reduceOptions").put("values", rows).put("fields", "");
    reduce.putArray("calcs").add("lastNotNull");
  }

  /** A property of the column's override, made where missing. */
  private ObjectNode property(String column, String id) {
    for (var override : overrides) {
      if (override.at("/matcher/options").asText().equals(column)) {
        return ((ArrayNode) override.get("properties")).addObject().put("id", id);
      }
    }
    ObjectNode override = overrides.addObject();
    override.putObject("matcher").put("id", "byName").put("options", column);
    return override.putArray("properties").addObject().put("id", id);
  }
}
