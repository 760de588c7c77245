package io.tidewatch.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/**
 * A ClickHouse server, real or the local engine, and who asks it.
 *
 * @param url the HTTP interface, without credentials
 */
public record ClickHouseServer(URI url, String user, String password) {

  private static final String DEFAULT_USER = "default";

  /** The local engine, which knows one user and asks for no password. */
  public static ClickHouseServer local(URI url) {
    return new ClickHouseServer(url, DEFAULT_USER, "");
  }

  /**
   * The server that the environment names: {@code CLICKHOUSE_URL}, with {@code CLICKHOUSE_USER} and
   * {@code CLICKHOUSE_PASSWORD} or {@code user:password@} in the address.
   *
   * @throws UserException where the address is not one of HTTP
   */
  public static ClickHouseServer fromEnvironment(Map<String, String> environment) {
    String address = environment.get("CLICKHOUSE_URL");
    try {
      URI uri = new URI(address);
      if (uri.getHost() == null || !uri.getScheme().matches("https?")) {
        throw badAddress(address);
      }
      String[] credentials =
          uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
      String user = credentials.length > 0 ? credentials[0] : DEFAULT_USER;
      String password = credentials.length > 1 ? credentials[1] : "";
      return new ClickHouseServer(
          new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), null, null, null),
          environment.getOrDefault("CLICKHOUSE_USER", user),
          environment.getOrDefault("CLICKHOUSE_PASSWORD", password));
    } catch (URISyntaxException e) {
      throw badAddress(address);
    }
  }

  /** The address for clickhouse-jdbc; the driver takes the credentials apart. */
  public String jdbcUrl(String database) {
    return "jdbc:clickhouse:%s/%s?compress=false".formatted(url, database);
  }

  public Connection connect(String database) throws SQLException {
    Properties credentials = new Properties();
    credentials.setProperty("user", user);
    credentials.setProperty("password", password);
    return DriverManager.getConnection(jdbcUrl(database), credentials);
  }

  /**
   * Runs one statement and writes its rows, tab-separated below a line of column names.
   *
   * @throws UserException where the server does not answer or refuses; nothing is written then
   */
  public void query(String statement, String database, OutputStream out) {
    HttpRequest request =
        HttpRequest.newBuilder(queryUri(database))
            .header("X-ClickHouse-User", user)
            .header("X-ClickHouse-Key", password)
            .POST(HttpRequest.BodyPublishers.ofString(statement))
            .build();
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new UserException(sentence(new String(body.readAllBytes(), UTF_8)));
        }
        body.transferTo(out);
        out.flush();
      }
    } catch (IOException e) {
      throw new UserException(
          "ClickHouse at %s does not answer: is it running, and is the address right?"
              .formatted(url),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("Interrupted while ClickHouse was answering.", e);
    }
  }

  private URI queryUri(String database) {
    return url.resolve(
        "/?default_format=TabSeparatedWithNames&wait_end_of_query=1&database="
            + URLEncoder.encode(database, UTF_8));
  }

  /** ClickHouse's complaint without its code, version and line breaks. */
  private static String sentence(String error) {
    return "ClickHouse: "
        + error
            .replaceAll("\\s*\\(version [^()]*(\\([^()]*\\))?\\)\\s*$", "")
            .replaceFirst("(?s) Expected one of: .*(?= \\([A-Z_]+\\)$)", "")
            .replaceFirst("^Code: \\d+\\. DB::Exception: ", "")
            .replaceAll("\\s+", " ")
            .strip();
  }

  private static UserException badAddress(String address) {
    return new UserException(
        "CLICKHOUSE_URL must be like http://host:8123, not '%s'.".formatted(address));
  }
}
