package io.tidewatch.local.preview;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.tidewatch.clickhouse.ClickHouseException;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who answers what; problems become JSON with a sentence. */
final class Routes implements HttpHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  private final FrontEnd frontEnd;
  private final DashboardApi dashboards;
  private final AlertApi alerts;
  private final Runbooks runbooks;

  Routes(FrontEnd frontEnd, DashboardApi dashboards, AlertApi alerts, Runbooks runbooks) {
    this.frontEnd = frontEnd;
    this.dashboards = dashboards;
    this.alerts = alerts;
    this.runbooks = runbooks;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(exchange).send(exchange);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    try {
      return answer(Request.of(exchange));
    } catch (Problem e) {
      return Answer.problem(e.status(), e.getMessage());
    } catch (IllegalArgumentException e) {
      return Answer.problem(400, "The query can't be expanded: " + e.getMessage() + ".");
    } catch (ClickHouseException e) {
      return Answer.problem(502, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("could not answer {}", exchange.getRequestURI(), e);
      return Answer.problem(500, "The preview failed; its log says why.");
    }
  }

  private Answer answer(Request request) {
    List<String> path = request.path();
    String first = path.isEmpty() ? "" : path.get(0);
    return switch (first) {
      case "api" -> api(request, path.subList(1, path.size()));
      case "assets" -> frontEnd.asset(path.subList(1, path.size()));
      // runbooks lie where Grafana has them, for the dashboards' links
      case "", "d", "alerts", "public" -> frontEnd.page();
      default -> throw Problem.notFound("There is no such page.");
    };
  }

  private Answer api(Request request, List<String> path) {
    List<String> rest = path.isEmpty() ? path : path.subList(1, path.size());
    return switch (path.isEmpty() ? "" : path.get(0)) {
      case "dashboards" -> dashboards.answer(request, rest);
      case "alerts" -> alerts.answer(request, rest);
      case "runbooks" -> runbooks.answer(rest);
      default -> throw Problem.notFound("There is nothing at this address.");
    };
  }
}
