package io.tidewatch.local.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One query as ClickHouse's HTTP interface takes it.
 *
 * <p>The statement is the parameter {@code query} followed by the body. Parameters the interface
 * knows nothing about are settings (or, as {@code param_x}, query parameters).
 */
final class QueryRequest {

  private static final Set<String> NOT_SETTINGS =
      Set.of(
          "query",
          "database",
          "default_format",
          "query_id",
          "quota_key",
          "user",
          "password",
          "role",
          "compress",
          "decompress",
          "session_id",
          "session_timeout",
          "session_check",
          "buffer_size",
          "wait_end_of_query",
          "client_protocol_version");

  private final Map<String, String> parameters;
  private final Optional<String> formatHeader;
  private final Optional<String> databaseHeader;
  private final byte[] statement;

  private QueryRequest(HttpExchange exchange, Map<String, String> parameters, byte[] statement) {
    this.parameters = parameters;
    this.formatHeader = header(exchange, "X-ClickHouse-Format");
    this.databaseHeader = header(exchange, "X-ClickHouse-Database");
    this.statement = statement;
  }

  /**
   * Reads the request to its end.
   *
   * @throws EngineException where it asks for compression or a session, which are not spoken here
   */
  static QueryRequest read(HttpExchange exchange) throws IOException {
    Map<String, String> parameters = parameters(exchange.getRequestURI().getRawQuery());
    refuseUnsupported(exchange, parameters);
    byte[] body = exchange.getRequestBody().readAllBytes();
    byte[] statement =
        parameters.containsKey("query") ? append(parameters.get("query"), body) : body;
    return new QueryRequest(exchange, parameters, statement);
  }

  byte[] statement() {
    return statement;
  }

  String format() {
    return formatHeader.orElse(parameters.getOrDefault("default_format", "TabSeparated"));
  }

  String queryId() {
    return parameters.getOrDefault("query_id", UUID.randomUUID().toString());
  }

  /** The statement that makes the asked database the current one. */
  Optional<String> useDatabase() {
    return Optional.ofNullable(parameters.get("database"))
        .or(() -> databaseHeader)
        .filter(database -> !database.isEmpty())
        .map(database -> "USE `" + escape(database, '`') + "`");
  }

  /** The statement that makes the asked settings hold. */
  Optional<String> applySettings() {
    String assignments =
        parameters.entrySet().stream()
            .filter(parameter -> !NOT_SETTINGS.contains(parameter.getKey()))
            .map(
                setting ->
                    "`%s` = '%s'"
                        .formatted(escape(setting.getKey(), '`'), escape(setting.getValue(), '\'')))
            .collect(Collectors.joining(", "));
    return Optional.of(assignments).filter(list -> !list.isEmpty()).map(list -> "SET " + list);
  }

  private static byte[] append(String query, byte[] body) {
    ByteArrayOutputStream statement = new ByteArrayOutputStream();
    statement.writeBytes(query.getBytes(UTF_8));
    if (body.length > 0) {
      statement.write('\n');
      statement.writeBytes(body);
    }
    return statement.toByteArray();
  }

  private static void refuseUnsupported(HttpExchange exchange, Map<String, String> parameters) {
    boolean compressed =
        "1".equals(parameters.get("compress"))
            || "1".equals(parameters.get("decompress"))
            || header(exchange, "Content-Encoding").isPresent();
    if (compressed || parameters.containsKey("session_id")) {
      throw new EngineException(
          "Code: 48. DB::Exception: The local engine speaks neither compression nor sessions:"
              + " switch them off in the client (clickhouse-jdbc: compress=false)");
    }
  }

  private static String escape(String text, char quote) {
    return text.replace("\\", "\\\\").replace(String.valueOf(quote), "\\" + quote);
  }

  private static Optional<String> header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  private static Map<String, String> parameters(String rawQuery) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (rawQuery != null) {
      for (String pair : rawQuery.split("&")) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.put(URLDecoder.decode(name, UTF_8), URLDecoder.decode(value, UTF_8));
      }
    }
    return parameters;
  }
}
