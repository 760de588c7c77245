package io.tidewatch.clickhouse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
import java.util.stream.Collectors;

/** ClickHouse over its HTTP interface, for commands and migrations. */
public final class ClickHouseClient implements ClickHouse {

  private static final Pattern ERROR_CODE = Pattern.compile("Code: (\\d+)\\.");

  /** Queries over a month of facts take their time. */
  private static final Duration LONGEST_QUERY = Duration.ofMinutes(30);

  private static final int BUFFER_BYTES = 8192;

  private final ClickHouseEndpoint endpoint;
  private final String database;
  private final Map<String, String> settings;
  private final HttpClient http;

  /** A client whose unqualified table names are of the server's default database. */
  public ClickHouseClient(ClickHouseEndpoint endpoint) {
    this(endpoint, "default");
  }

  /** A client whose unqualified table names are of the given database. */
  public ClickHouseClient(ClickHouseEndpoint endpoint, String database) {
    this(
        endpoint,
        database,
        Map.of(),
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(endpoint.connectTimeout())
            .build());
  }

  private ClickHouseClient(
      ClickHouseEndpoint endpoint, String database, Map<String, String> settings, HttpClient http) {
    this.endpoint = endpoint;
    this.database = database;
    this.settings = settings;
    this.http = http;
  }

  /** This client, whose statements run with ClickHouse's settings of these names. */
  public ClickHouseClient with(Map<String, String> settings) {
    return new ClickHouseClient(endpoint, database, Map.copyOf(settings), http);
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
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    copy(query, answer);
    return answer.toString(StandardCharsets.UTF_8);
  }

  /**
   * Runs a query and writes its answer, of any length, as {@link #text} gives it.
   *
   * @throws ClickHouseException if ClickHouse refuses it or can't be reached, and nothing is
   *     written then; or if it breaks off in the middle of its answer
   * @throws UncheckedIOException if the answer can't be written
   */
  public void copy(String query, OutputStream out) {
    HttpResponse<InputStream> response = send(query);
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw refusal(
            response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
        write(buffer, length, out);
      }
    } catch (IOException e) {
      throw new ClickHouseException(
          "ClickHouse at %s broke off in the middle of its answer".formatted(endpoint.url()), e);
    }
  }

  private static void write(byte[] buffer, int length, OutputStream out) {
    try {
      out.write(buffer, 0, length);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("The answer of ClickHouse can't be written", e);
    }
  }

  private HttpResponse<InputStream> send(String query) {
    try {
      return http.send(request(query), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new ClickHouseException(
          "ClickHouse at %s does not answer: is it running, and is the address right?"
              .formatted(endpoint.url()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClickHouseException("Interrupted while ClickHouse was answering", e);
    }
  }

  private HttpRequest request(String query) {
    return HttpRequest.newBuilder(
            URI.create(
                "%s/?database=%s&default_format=TabSeparatedWithNames&wait_end_of_query=1%s"
                    .formatted(endpoint.url(), encode(database), settingParameters())))
        .header("X-ClickHouse-User", endpoint.user())
        .header("X-ClickHouse-Key", endpoint.password())
        .timeout(LONGEST_QUERY)
        .POST(BodyPublishers.ofString(query))
        .build();
  }

  private String settingParameters() {
    return settings.entrySet().stream()
        .map(setting -> "&" + encode(setting.getKey()) + "=" + encode(setting.getValue()))
        .collect(Collectors.joining());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private ClickHouseException refusal(int status, String answer) {
    Matcher code = ERROR_CODE.matcher(answer);
    return new ClickHouseException(
        code.find() ? Integer.parseInt(code.group(1)) : ClickHouseException.NO_ANSWER,
        answer.isBlank()
            ? "ClickHouse at %s answered HTTP %d".formatted(endpoint.url(), status)
            : "ClickHouse: " + sentence(answer));
  }

  /** ClickHouse's complaint without its code, version and line breaks. */
  private static String sentence(String answer) {
    return answer
        .replaceAll("\\s*\\(version [^()]*(\\([^()]*\\))?\\)\\s*$", "")
        .replaceFirst("(?s) Expected one of: .*(?= \\([A-Z_]+\\)$)", "")
        .replaceFirst("^Code: \\d+\\. DB::Exception: ", "")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
