package io.tidewatch.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the project's clients rely on, asked with the real driver and with plain HTTP. */
class HttpGatewayTest {

  private static final int BIG_BATCH = 20_000;

  @TempDir private static Path directory;
  private static EngineProcess engine;
  private Connection connection;

  @BeforeAll
  static void startEngine() {
    engine =
        new EngineProcess(
                EngineLibrary.ofUser(System.err).path(),
                directory.resolve("data"),
                0,
                directory.resolve("engine.log"))
            .start();
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  @BeforeEach
  void openDatabase() throws Exception {
    post("", "CREATE DATABASE shop");
    connection = connect();
  }

  @AfterEach
  void dropDatabase() throws Exception {
    connection.close();
    post("", "DROP DATABASE shop");
  }

  @Test
  void writesAndReadsEveryTypeOfTheSchema() throws SQLException {
    execute(
        """
        CREATE TABLE sample (
          id UInt64, time DateTime64(3, 'UTC'), amount Nullable(Decimal(18, 4)),
          exact Decimal(38, 4), value Float64, dims Map(String, String), receivers Array(String),
          flag UInt8, note Nullable(String))
        ENGINE = ReplacingMergeTree ORDER BY id""");
    Instant time = Instant.parse("2026-03-29T01:30:00.123Z");
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO sample (id, time, amount, exact, value, dims, receivers, flag, note)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, 1);
      insert.setTimestamp(2, Timestamp.from(time));
      insert.setBigDecimal(3, new BigDecimal("12345678901234.5678"));
      insert.setBigDecimal(4, new BigDecimal("1234567890123456789012345678901234.5678"));
      insert.setDouble(5, 0.1 + 0.2);
      insert.setObject(6, Map.of("plan", "pro", "country", "it's \"DE\""));
      insert.setObject(7, List.of("slack", "e-mail, 'daily' \\ weekly"));
      insert.setInt(8, 1);
      insert.setString(9, "note");
      insert.addBatch();
      insert.setLong(1, 2);
      insert.setTimestamp(2, Timestamp.from(Instant.EPOCH));
      insert.setNull(3, Types.DECIMAL);
      insert.setBigDecimal(4, new BigDecimal("-0.0001"));
      insert.setDouble(5, -1e300);
      insert.setObject(6, Map.of());
      insert.setObject(7, List.of());
      insert.setInt(8, 0);
      insert.setNull(9, Types.VARCHAR);
      insert.addBatch();
      assertThat(insert.executeBatch()).hasSize(2);
    }

    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM sample ORDER BY id")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong("id")).isEqualTo(1);
      assertThat(rows.getTimestamp("time").toInstant()).isEqualTo(time);
      assertThat(rows.getBigDecimal("amount")).isEqualTo(new BigDecimal("12345678901234.5678"));
      assertThat(rows.getBigDecimal("exact"))
          .isEqualTo(new BigDecimal("1234567890123456789012345678901234.5678"));
      assertThat(rows.getDouble("value")).isEqualTo(0.1 + 0.2);
      assertThat(rows.getObject("dims")).isEqualTo(Map.of("plan", "pro", "country", "it's \"DE\""));
      assertThat((Object[]) rows.getArray("receivers").getArray())
          .containsExactly("slack", "e-mail, 'daily' \\ weekly");
      assertThat(rows.getInt("flag")).isEqualTo(1);
      assertThat(rows.getString("note")).isEqualTo("note");

      assertThat(rows.next()).isTrue();
      assertThat(rows.getTimestamp("time").toInstant()).isEqualTo(Instant.EPOCH);
      assertThat(rows.getBigDecimal("amount")).isNull();
      assertThat(rows.getBigDecimal("exact")).isEqualTo(new BigDecimal("-0.0001"));
      assertThat(rows.getDouble("value")).isEqualTo(-1e300);
      assertThat(rows.getObject("dims")).isEqualTo(Map.of());
      assertThat((Object[]) rows.getArray("receivers").getArray()).isEmpty();
      assertThat(rows.getString("note")).isNull();
      assertThat(rows.next()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a blank line\n\nin the middle",
        "\n\n",
        "tabs\tand\r\nreturns",
        "it's \"quoted\" `twice` ''",
        "back\\slash \\n \\' \\\\",
        "Zürich 東京 🚀 \u0000 NUL",
        "VALUES (1), FORMAT Null; -- SELECT /* ? {fn x} */",
        "NULL",
        "?"
      })
  void keepsAnyTextInABatch(String text) throws SQLException {
    execute("CREATE TABLE texts (id UInt32, body String) ENGINE = MergeTree ORDER BY id");
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO texts (body, id) VALUES (?, ?)")) {
      for (int id = 0; id < 3; id++) {
        insert.setString(1, text);
        insert.setInt(2, id);
        insert.addBatch();
      }
      insert.executeBatch();
    }

    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, body FROM texts ORDER BY id")) {
      for (int id = 0; id < 3; id++) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt("id")).isEqualTo(id);
        assertThat(rows.getString("body")).isEqualTo(text);
      }
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void takesABigBatch() throws SQLException {
    execute("CREATE TABLE big (id UInt32, body String) ENGINE = MergeTree ORDER BY id");
    String body = "0123456789\n\n".repeat(50);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO big (id, body) VALUES (?, ?)")) {
      for (int id = 0; id < BIG_BATCH; id++) {
        insert.setInt(1, id);
        insert.setString(2, body);
        insert.addBatch();
      }
      assertThat(Arrays.stream(insert.executeBatch()).sum()).isEqualTo(BIG_BATCH);
    }

    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT count(), sum(id), sum(length(body)) FROM big")) {
      rows.next();
      assertThat(rows.getLong(1)).isEqualTo(BIG_BATCH);
      assertThat(rows.getLong(2)).isEqualTo((long) BIG_BATCH * (BIG_BATCH - 1) / 2);
      assertThat(rows.getLong(3)).isEqualTo((long) BIG_BATCH * body.length());
    }
  }

  @Test
  void bindsTheParametersOfASelect() throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT number FROM numbers(10) WHERE number >= ? AND toString(number) != ?")) {
      select.setLong(1, 8);
      select.setString(2, "9");
      try (ResultSet rows = select.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).isEqualTo(8);
        assertThat(rows.next()).isFalse();
      }
    }
  }

  @Test
  void describesAnEmptyResult() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1 AS one, 'x' AS two WHERE 0")) {
      assertThat(rows.getMetaData().getColumnCount()).isEqualTo(2);
      assertThat(rows.getMetaData().getColumnName(2)).isEqualTo("two");
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void insertsFromASelect() throws SQLException {
    execute("CREATE TABLE source (id UInt32) ENGINE = MergeTree ORDER BY id");
    execute("INSERT INTO source (id) SELECT number FROM numbers(7)");
    assertThat(count("source")).isEqualTo(7);
  }

  @Test
  void servesManyClientsAtOnce() throws SQLException {
    execute("CREATE TABLE parallel (id UInt32) ENGINE = MergeTree ORDER BY id");
    List<CompletableFuture<Void>> clients =
        IntStream.range(0, 20)
            .mapToObj(client -> CompletableFuture.runAsync(() -> insertAndCount(client)))
            .toList();
    clients.forEach(CompletableFuture::join);
    assertThat(count("parallel")).isEqualTo(200);
  }

  @Test
  void reportsErrorsWithTheirCode() {
    SQLException unknownTable =
        catchThrowableOfType(SQLException.class, () -> execute("SELECT * FROM missing"));
    assertThat(unknownTable.getErrorCode()).isEqualTo(60);
    assertThat(unknownTable.getMessage()).contains("missing");

    SQLException syntax = catchThrowableOfType(SQLException.class, () -> execute("SELEC 1"));
    assertThat(syntax.getErrorCode()).isEqualTo(62);
  }

  @Test
  void refusesABatchThatDoesNotFitTheTable() throws SQLException {
    execute("CREATE TABLE small (id UInt8, day Date) ENGINE = MergeTree ORDER BY id");
    assertThatThrownBy(() -> execute("INSERT INTO small VALUES (1, 'not a day')"))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> execute("INSERT INTO missing VALUES (1)"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(60));
  }

  @Test
  void answersPlainHttp() throws Exception {
    assertThat(get("/ping").body()).isEqualTo("Ok.\n");
    assertThat(get("/?query=" + encode("SELECT 1, 'a\tb'")).body()).isEqualTo("1\ta\\tb\n");
    assertThat(post("database=shop", "SELECT currentDatabase() FORMAT JSONEachRow").body())
        .isEqualTo("{\"currentDatabase()\":\"shop\"}\n");
    assertThat(post("default_format=TabSeparatedWithNames", "SELECT 1 AS one").body())
        .isEqualTo("one\n1\n");
  }

  @Test
  void appliesSettingsToTheirRequestOnly() throws Exception {
    String threads = "SELECT getSetting('max_threads')";
    assertThat(post("max_threads=3", threads).body()).isEqualTo("3\n");
    assertThat(post("", threads).body()).isNotEqualTo("3\n");
    assertThat(post("param_name=it's", "SELECT {name:String}").body()).isEqualTo("it\\'s\n");
    HttpResponse<String> refused = post("no_such_setting=1", "SELECT 1");
    assertThat(refused.statusCode()).isEqualTo(500);
    assertThat(refused.headers().firstValue("X-ClickHouse-Exception-Code")).hasValue("115");
  }

  @Test
  void takesDataInTheBodyOfAnInsertInTheAddress() throws Exception {
    execute("CREATE TABLE rows (id UInt32, body String) ENGINE = MergeTree ORDER BY id");
    String insert = encode("INSERT INTO shop.rows FORMAT JSONEachRow");
    String rows = "{\"id\":1,\"body\":\"x\\n\\ny\"}\n\n{\"id\":2,\"body\":\"\"}\n";

    assertThat(post("query=" + insert, rows).statusCode()).isEqualTo(200);

    assertThat(post("", "SELECT * FROM shop.rows ORDER BY id FORMAT TSV").body())
        .isEqualTo("1\tx\\n\\ny\n2\t\n");
  }

  @Test
  void refusesCompressionInWords() throws Exception {
    HttpResponse<String> refused = post("compress=1", "SELECT 1");
    assertThat(refused.statusCode()).isEqualTo(500);
    assertThat(refused.body()).contains("compress=false");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://evil.example",
    "Origin, null",
    "Origin, http://localhost:3000",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site"
  })
  void executesNothingForAPageOfAnotherSite(String header, String value) throws Exception {
    String drop = encode("DROP DATABASE shop");
    HttpResponse<String> posted =
        send(
            HttpRequest.newBuilder(engine.url().resolve("/"))
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.ofString("DROP DATABASE shop")));
    HttpResponse<String> linked =
        send(HttpRequest.newBuilder(engine.url().resolve("/?query=" + drop)).header(header, value));
    assertThat(posted.statusCode()).isEqualTo(403);
    assertThat(posted.body()).contains("pages of other sites");
    assertThat(linked.statusCode()).isEqualTo(403);
    assertThat(post("", "EXISTS DATABASE shop").body()).isEqualTo("1\n");
  }

  @ParameterizedTest
  @CsvSource({"evil.example, 403", "localhost.evil.example:8123, 403", "localhost:9, 200"})
  void answersToNoOtherNameOfTheMachine(String host, int status) throws Exception {
    try (Socket socket = new Socket(engine.url().getHost(), engine.url().getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /?query=SELECT+1 HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(host)
                  .getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 " + status);
    }
  }

  @Test
  void answersAPageOfItsOwn() throws Exception {
    HttpRequest.Builder own =
        HttpRequest.newBuilder(engine.url().resolve("/"))
            .header("Origin", engine.url().toString())
            .header("Sec-Fetch-Site", "same-origin")
            .POST(HttpRequest.BodyPublishers.ofString("SELECT 1"));
    assertThat(send(own).body()).isEqualTo("1\n");
  }

  private static void insertAndCount(int client) {
    try (Connection own = connect();
        PreparedStatement insert = own.prepareStatement("INSERT INTO parallel (id) VALUES (?)")) {
      for (int row = 0; row < 10; row++) {
        insert.setInt(1, client * 10 + row);
        insert.addBatch();
      }
      insert.executeBatch();
      try (Statement statement = own.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT count() FROM parallel WHERE intDiv(id, 10) = " + client)) {
        rows.next();
        assertThat(rows.getLong(1)).isEqualTo(10);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:clickhouse:%s/shop?compress=false".formatted(engine.url()), "default", "");
  }

  private long count(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count() FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static HttpResponse<String> get(String pathAndQuery) throws Exception {
    return send(HttpRequest.newBuilder(engine.url().resolve(pathAndQuery)));
  }

  private static HttpResponse<String> post(String parameters, String body) throws Exception {
    URI address = engine.url().resolve("/?" + parameters.replace("'", "%27"));
    return send(HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
