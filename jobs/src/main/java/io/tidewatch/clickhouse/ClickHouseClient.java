package io.tidewatch.clickhouse;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ClickHouse over its HTTP interface, for commands and migrations. */
public final class ClickHouseClient implements ClickHouse {

  private static final Pattern ERROR_CODE = Pattern.compile("Code: (\\d+)\\.");

  /** Queries over a month of facts take their time. */
  private static final Duration LONGEST_QUERY = Duration.ofMinutes(30);

  private final ClickHouseEndpoint endpoint;
  private final String database;
  private final HttpClient http;

  /** A client whose unqualified table names are of the server's default database. */
  public ClickHouseClient(ClickHouseEndpoint endpoint) {
    this(endpoint, "default");
  }

  /** A client whose unqualified table names are of the given database. */
  public ClickHouseClient(ClickHouseEndpoint endpoint, String database) {
    this.endpoint = endpoint;
    this.database = database;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(endpoint.connectTimeout())
            .build();
  }

  @Override
  public void execute(String statement) {
    text(statement);
  }

  @Override
  public List<Map<String, String>> query(String query) {
    return TabSeparated.rows(text(query));
  }

  /**
   * Runs a query and gives its answer as ClickHouse wrote it: tab-separated with a header line,
   * unless the query names another format.
   *
   * @throws ClickHouseException if ClickHouse refuses it or can't be reached
   */
  public String text(String query) {
    HttpResponse<String> response = send(query);
    if (response.statusCode() != 200) {
      Matcher code = ERROR_CODE.matcher(response.body());
      throw new ClickHouseException(
          code.find() ? Integer.parseInt(code.group(1)) : ClickHouseException.NO_ANSWER,
          response.body().isBlank()
              ? "ClickHouse at %s answered HTTP %d".formatted(endpoint, response.statusCode())
              : response.body().strip());
    }
    return response.body();
  }

  private HttpResponse<String> send(String query) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "%s/?database=%s&default_format=TabSeparatedWithNames&wait_end_of_query=1"
                        .formatted(
                            endpoint.url(), URLEncoder.encode(database, StandardCharsets.UTF_8))))
            .header("X-ClickHouse-User", endpoint.user())
            .header("X-ClickHouse-Key", endpoint.password())
            .timeout(LONGEST_QUERY)
            .POST(BodyPublishers.ofString(query))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new ClickHouseException("ClickHouse at %s does not answer".formatted(endpoint), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClickHouseException("Interrupted while ClickHouse was answering", e);
    }
  }
}
