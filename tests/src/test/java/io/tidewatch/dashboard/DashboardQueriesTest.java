package io.tidewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.clickhouse.SchemaFiles;
import io.tidewatch.endtoend.LiveStack;
import io.tidewatch.local.dashboard.DashboardFile;
import io.tidewatch.local.dashboard.Macros;
import io.tidewatch.local.dashboard.PanelQuery;
import io.tidewatch.local.dashboard.Selection;
import io.tidewatch.local.dashboard.TimeRange;
import io.tidewatch.local.dashboard.VariableQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the dashboards show of 90 days of a synthetic company that went through the job; it prints
 * how long each query takes.
 */
class DashboardQueriesTest {

  @RegisterExtension static final LiveStack LIVE = new LiveStack();

  private static final Path FOLDER =
      Path.of(System.getProperty("tidewatch.home"), "docker", "grafana", "dashboards");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration HISTORY = Duration.ofDays(90);
  private static final int CUSTOMERS = Integer.getInteger("dashboards.customers", 40);
  private static final int POINTS = 700;
  private static final Pattern READ = Pattern.compile("(?:FROM|JOIN)\\s+([\\w.]+)");

  /** By the role that Grafana's user has. */
  private static final Set<String> READABLE =
      SchemaFiles.packaged().roles().stream()
          .filter(statement -> statement.endsWith(" TO dashboards"))
          .map(grant -> grant.replaceFirst("(?s).* ON (\\S+) TO dashboards", "$1"))
          .collect(Collectors.toSet());

  private static final Pattern NUMBER =
      Pattern.compile("(?:Nullable\\()?(?:U?Int|Float|Decimal).*");
  private static final Pattern TIME = Pattern.compile("(?:Nullable\\()?DateTime.*");
  private static final Pattern TEXT =
      Pattern.compile("(?:LowCardinality\\(|Nullable\\()*String\\)*");

  /** A replay opens no alert early, so that for one of the readers there may be none. */
  private static final String MAY_BE_NOBODY = "Who must act now";

  /** Panels of when records arrived, which is later than when all of it happened. */
  private static final Set<String> ARRIVALS =
      Set.of(
          "Records not accounted for",
          "What became of the records",
          "How old each source's data is",
          "Quality of the data by source");

  @TempDir private static Path directory;

  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final Map<String, List<String>> OPTIONS = new HashMap<>();
  private static ClickHouseClient clickHouse;
  private static Instant filled;

  /** Columns with their types, and rows. */
  private record Answer(List<String> columns, List<String> types, List<JsonNode> rows) {

    static Answer of(String json) throws IOException {
      JsonNode answer = JSON.readTree(json);
      return new Answer(
          answer.path("meta").findValuesAsText("name"),
          answer.path("meta").findValuesAsText("type"),
          StreamSupport.stream(answer.path("data").spliterator(), false).toList());
    }

    boolean has(Pattern type) {
      return types.stream().anyMatch(type.asMatchPredicate());
    }

    /** The last row's value. */
    double last(String column) {
      return rows.get(rows.size() - 1).get(columns.indexOf(column)).asDouble();
    }

    /** The value of the row in which another column has this text. */
    double where(String column, String text, String wanted) {
      return rows.stream()
          .filter(row -> row.get(columns.indexOf(column)).asText().equals(text))
          .mapToDouble(row -> row.get(columns.indexOf(wanted)).asDouble())
          .findFirst()
          .orElseThrow();
    }

    double sum(String column) {
      return rows.stream().mapToDouble(row -> row.get(columns.indexOf(column)).asDouble()).sum();
    }
  }

  @BeforeAll
  static void fillTheTables() throws IOException {
    clickHouse = new ClickHouseClient(LIVE.settings().clickHouse().endpoint());
    SyntheticHistory.replay(LIVE, directory, CUSTOMERS, HISTORY, NOW);
    filled = Instant.now();
    for (DashboardFile dashboard : DashboardFile.in(FOLDER)) {
      for (VariableQuery variable : dashboard.variables()) {
        OPTIONS.put(variable.name(), options(variable));
      }
    }
  }

  private static List<String> options(VariableQuery variable) {
    return clickHouse
        .query(expanded(variable.sql(), Duration.ZERO, lastDays(90), Map.of()))
        .stream()
        .map(row -> row.values().iterator().next())
        .toList();
  }

  static Stream<Arguments> panels() {
    return DashboardFile.in(FOLDER).stream()
        .flatMap(
            dashboard ->
                dashboard.panels().stream()
                    .map(panel -> Arguments.of(dashboard.title(), panel.title(), panel)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("panels")
  void everyPanelShowsSomethingOfWhatItsKindNeeds(String dashboard, String title, PanelQuery panel)
      throws IOException {
    TimeRange range = ARRIVALS.contains(title) ? untilFilled() : lastDays(90);
    Answer answer = timed(dashboard + ": " + title, panel.sql(), panel.least(), range);
    if (!title.equals(MAY_BE_NOBODY)) {
      assertThat(answer.rows()).isNotEmpty();
    }
    assertThat(answer.types()).anyMatch(type -> !TIME.asMatchPredicate().test(type));
    switch (panel.type()) {
      case "timeseries", "heatmap" -> assertSeries(answer);
      case "stat", "gauge" -> assertThat(answer.has(NUMBER)).isTrue();
      case "bargauge", "piechart", "barchart" -> {
        assertThat(answer.types().get(0)).matches(TEXT);
        assertThat(answer.types().subList(1, answer.types().size()))
            .allMatch(NUMBER.asMatchPredicate());
      }
      default -> assertThat(panel.type()).isEqualTo("table");
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("panels")
  void everyPanelTakesAChoiceOfEachOfItsVariables(String dashboard, String title, PanelQuery panel)
      throws IOException {
    for (String variable : panel.variables()) {
      Map<String, Selection> one = Map.of(variable, Selection.of(OPTIONS.get(variable).get(0)));
      Answer answer = answer(expanded(panel.sql(), panel.least(), lastDays(14), one));
      assertThat(answer.columns()).isNotEmpty();
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("panels")
  void onlyViewsAreRead(String dashboard, String title, PanelQuery panel) {
    assertThat(READ.matcher(panel.sql()).results().map(result -> result.group(1)))
        .isNotEmpty()
        .allSatisfy(
            source -> {
              assertThat(source).startsWith("tidewatch.v_");
              assertThat(READABLE).contains(source);
            });
  }

  @Test
  void everyVariableHasSomethingToChoose() {
    assertThat(OPTIONS.keySet())
        .containsExactlyInAnyOrder(
            "plan", "channel", "campaign", "endpoint", "customer", "service");
    assertThat(OPTIONS.values()).allSatisfy(options -> assertThat(options).isNotEmpty());
  }

  @Test
  void annotationsAreRegionsWithAWayToTheRunbook() throws IOException {
    for (DashboardFile dashboard : DashboardFile.in(FOLDER)) {
      for (String sql : dashboard.annotations()) {
        Answer answer =
            timed(dashboard.title() + ": alerts drawn into it", sql, Duration.ZERO, lastDays(90));
        assertThat(answer.columns()).containsExactly("time", "timeEnd", "title", "text", "tags");
        assertThat(answer.types().subList(0, 2)).allMatch(TIME.asMatchPredicate());
        assertThat(answer.rows())
            .isNotEmpty()
            .allSatisfy(
                row -> {
                  assertThat(row.get(1).asText()).isGreaterThanOrEqualTo(row.get(0).asText());
                  assertThat(row.get(3).asText())
                      .contains("/public/runbooks/" + row.get(2).asText() + ".md");
                });
      }
    }
  }

  /** Of whole days, so that minutes, hours and days add up to the same. */
  @Test
  void aFigureIsTheSameWhereverItStands() throws IOException {
    Instant midnight = NOW.truncatedTo(ChronoUnit.DAYS);
    TimeRange days = new TimeRange(midnight.minus(Duration.ofDays(14)), midnight);
    String inDays =
        "time >= fromUnixTimestamp64Milli(%d) AND time < fromUnixTimestamp64Milli(%d)"
            .formatted(days.from().toEpochMilli(), days.to().toEpochMilli());
    String facts = "FROM tidewatch.v_fact_events WHERE " + inDays + " AND type = '%s'";
    Answer changes = panel("Executive", "What changed", days);

    double revenue = panel("Executive", "Net revenue in the range", days).last("Net revenue");
    assertThat(revenue)
        .isPositive()
        .isCloseTo(changes.where("Figure", "Net revenue", "This period"), within())
        .isCloseTo(panel("Executive", "Where revenue comes from", days).sum("value"), within())
        .isCloseTo(panel("Executive", "Net revenue by day", before(days)).sum("Final"), within())
        .isCloseTo(
            number(
                "SELECT sum(toFloat64(amount)) FROM (SELECT amount, processed_at AS time"
                    + " FROM tidewatch.v_fact_revenue) WHERE "
                    + inDays),
            within());

    double requests = panel("Operations", "API requests in the range", days).last("Requests");
    assertThat(requests)
        .isPositive()
        .isEqualTo(changes.where("Figure", "API requests", "This period"))
        .isEqualTo(panel("Operations", "Requests by endpoint", before(days)).sum("value"))
        .isEqualTo(number("SELECT count() " + facts.formatted("api.request")));

    double spend = panel("Real-time campaign", "Spend", days).last("Spend");
    assertThat(spend)
        .isPositive()
        .isCloseTo(changes.where("Figure", "Advertising spend", "This period"), within())
        .isCloseTo(panel("Real-time campaign", "Campaign by campaign", days).sum("Spend"), within())
        .isCloseTo(
            number("SELECT sum(toFloat64(amount)) " + facts.formatted("ad.spend")), within());

    double mrr = panel("Executive", "Monthly recurring revenue", days).last("MRR");
    assertThat(mrr)
        .isPositive()
        .isCloseTo(
            number(
                """
                SELECT toFloat64(sum(delta)) FROM tidewatch.v_mrr_movements
                WHERE time < fromUnixTimestamp64Milli(%d)"""
                    .formatted(midnight.toEpochMilli())),
            within());

    assertThat(panel("Customer success", "Customers at risk", days).last("At risk"))
        .isEqualTo(panel("Customer success", "Customers by health", before(days)).last("Critical"));
  }

  /** Until just before, for a point at the end of the range would be one more. */
  private static TimeRange before(TimeRange range) {
    return new TimeRange(range.from(), range.to().minusSeconds(1));
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-6);
  }

  private static double number(String sql) {
    return Double.parseDouble(clickHouse.query(sql).get(0).values().iterator().next());
  }

  private static Answer panel(String dashboard, String title, TimeRange range) throws IOException {
    PanelQuery panel =
        DashboardFile.in(FOLDER).stream()
            .filter(file -> file.title().equals(dashboard))
            .flatMap(file -> file.panels().stream())
            .filter(query -> query.title().equals(title))
            .findFirst()
            .orElseThrow();
    return answer(expanded(panel.sql(), panel.least(), range, Map.of()));
  }

  private static void assertSeries(Answer answer) {
    assertThat(answer.columns().get(0)).isEqualTo("time");
    assertThat(answer.types().get(0)).matches(TIME);
    List<String> others = answer.types().subList(1, answer.types().size());
    if (answer.has(TEXT)) {
      assertThat(answer.columns().get(2)).isEqualTo("value");
      assertThat(others).hasSize(2);
      assertThat(others.get(0)).matches(TEXT);
      assertThat(others.get(1)).matches(NUMBER);
    } else {
      assertThat(others).allMatch(NUMBER.asMatchPredicate());
    }
    List<String> times = new ArrayList<>();
    answer.rows().forEach(row -> times.add(row.get(0).asText()));
    assertThat(times).isSorted();
  }

  private static Answer timed(String what, String sql, Duration least, TimeRange range)
      throws IOException {
    String query = expanded(sql, least, range, Map.of());
    long began = System.nanoTime();
    Answer answer = answer(query);
    System.out.printf("%5d ms  %s%n", Duration.ofNanos(System.nanoTime() - began).toMillis(), what);
    return answer;
  }

  private static Answer answer(String query) throws IOException {
    return Answer.of(clickHouse.text(query + "\nFORMAT JSONCompact"));
  }

  /** With All of each variable but those that are chosen. */
  private static String expanded(
      String sql, Duration least, TimeRange range, Map<String, Selection> chosen) {
    Map<String, Selection> selections = new HashMap<>();
    OPTIONS.forEach((name, options) -> selections.put(name, Selection.all(options)));
    List.of("plan", "channel", "campaign", "endpoint", "customer", "service")
        .forEach(name -> selections.putIfAbsent(name, Selection.all(List.of())));
    selections.putAll(chosen);
    return new Macros(range, range.interval(POINTS, least), selections).expand(sql);
  }

  private static TimeRange untilFilled() {
    return new TimeRange(NOW.minus(HISTORY), filled);
  }

  private static TimeRange lastDays(int days) {
    return new TimeRange(NOW.minus(Duration.ofDays(days)), NOW);
  }
}
