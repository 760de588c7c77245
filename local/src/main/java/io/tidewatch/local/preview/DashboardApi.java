package io.tidewatch.local.preview;

import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.local.dashboard.DashboardFile;
import io.tidewatch.local.dashboard.Macros;
import io.tidewatch.local.dashboard.PanelQuery;
import io.tidewatch.local.dashboard.TimeRange;
import io.tidewatch.local.dashboard.VariableQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The dashboards and what their own queries find. A browser names a dashboard, a panel and a query,
 * and chooses a range and values; SQL comes from the files alone.
 */
final class DashboardApi {

  private static final int NO_POINTS = 1;
  private static final int MOST_POINTS = 10_000;

  /** Milliseconds that ClickHouse's times of day hold: from 1970 to 2106. */
  private static final long LAST_TIME = (1L << 32) * 1000;

  private final Path folder;
  private final ClickHouseClient clickHouse;
  private final VariableValues variables;

  /**
   * @param folder with the dashboards as Grafana is given them; read anew each time
   * @param clickHouse that answers only reading queries
   */
  DashboardApi(Path folder, ClickHouseClient clickHouse, VariableValues variables) {
    this.folder = folder;
    this.clickHouse = clickHouse;
    this.variables = variables;
  }

  /** Answers {@code /api/dashboards…}, of which the path is what follows. */
  Answer answer(Request request, List<String> path) {
    if (path.isEmpty()) {
      return Answer.json(DashboardFile.in(folder).stream().map(Summary::of).toList());
    }
    DashboardFile dashboard = dashboard(path.get(0));
    if (path.size() == 1) {
      return Answer.json(dashboard.json());
    }
    if (path.size() == 3 && path.get(1).equals("variables")) {
      return Answer.json(options(dashboard, path.get(2), request));
    }
    if (path.size() == 3 && path.get(1).equals("annotations")) {
      return rows(annotation(dashboard, path.get(2)), dashboard, request, NO_POINTS, Duration.ZERO);
    }
    if (path.size() == 5 && path.get(1).equals("panels") && path.get(3).equals("queries")) {
      PanelQuery query = query(dashboard, path.get(2), path.get(4));
      int points = (int) request.number("points", 1, MOST_POINTS);
      return rows(query.sql(), dashboard, request, points, query.least());
    }
    throw Problem.notFound("There is nothing at this address.");
  }

  private DashboardFile dashboard(String uid) {
    return DashboardFile.in(folder).stream()
        .filter(dashboard -> dashboard.uid().equals(uid))
        .findFirst()
        .orElseThrow(() -> Problem.notFound("There is no dashboard '%s'.".formatted(uid)));
  }

  private List<String> options(DashboardFile dashboard, String name, Request request) {
    VariableQuery variable =
        dashboard.variables().stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(
                () -> Problem.notFound("There is no variable '%s' with a query.".formatted(name)));
    return variables.options(
        dashboard, variable, range(request), known -> request.values("var-" + known));
  }

  private static PanelQuery query(DashboardFile dashboard, String panel, String reference) {
    return dashboard.panels().stream()
        .filter(query -> Integer.toString(query.panel()).equals(panel))
        .filter(query -> query.reference().equals(reference))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.notFound(
                    "There is no query %s of a panel %s.".formatted(reference, panel)));
  }

  private static String annotation(DashboardFile dashboard, String index) {
    List<String> queries = dashboard.annotations();
    return queries.stream()
        .filter(query -> Integer.toString(queries.indexOf(query)).equals(index))
        .findFirst()
        .orElseThrow(() -> Problem.notFound("There are no annotations %s.".formatted(index)));
  }

  private Answer rows(
      String sql, DashboardFile dashboard, Request request, int points, Duration least) {
    TimeRange range = range(request);
    Macros macros =
        new Macros(
            range,
            range.interval(points, least),
            variables.selections(
                dashboard.variables(), range, known -> request.values("var-" + known)));
    return Answer.jsonText(clickHouse.text(macros.expand(sql) + "\nFORMAT JSONCompact"));
  }

  private static TimeRange range(Request request) {
    long from = request.number("from", 0, LAST_TIME);
    long to = request.number("to", from, LAST_TIME);
    return new TimeRange(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
  }

  /** What a list of dashboards says about one. */
  private record Summary(String uid, String title, String description) {
    static Summary of(DashboardFile dashboard) {
      return new Summary(
          dashboard.uid(), dashboard.title(), dashboard.json().path("description").asText());
    }
  }
}
