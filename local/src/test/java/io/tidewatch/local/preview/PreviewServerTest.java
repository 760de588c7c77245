package io.tidewatch.local.preview;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.local.UserException;
import io.tidewatch.local.stack.LocalConfiguration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreviewServerTest {

  private static final String DASHBOARD =
      """
      {"uid": "money", "title": "Money", "panels": [{"id": 3, "type": "stat", "targets": [
        {"refId": "A", "rawSql": "SELECT 1 FROM v WHERE plan IN (${plan:singlequote}) AND $__timeFilter(t)"}]}],
       "templating": {"list": [{"type": "query", "name": "plan", "query": "SELECT plan FROM v"}]},
       "annotations": {"list": [{"name": "Grafana's own"}, {"name": "Alerts", "target": {"rawSql": "SELECT 2"}}]}}""";
  private static final String RANGE = "?from=1000&to=2000&points=100";
  private static final String QUERY = "/api/dashboards/money/panels/3/queries/A" + RANGE;
  private static final String ALERT = "/api/alerts/" + "0123456789abcdef".repeat(2);

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private FakeClickHouse clickHouse;
  private PreviewServer preview;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(folder.resolve("money.json"), DASHBOARD);
    clickHouse = new FakeClickHouse();
    Path conf = Path.of(System.getProperty("tidewatch.home"), "flink-conf");
    preview =
        PreviewServer.start(
            0,
            folder,
            folder,
            LocalConfiguration.read(conf, Map.of("CLICKHOUSE_URL", clickHouse.url())));
  }

  @AfterEach
  void stop() {
    preview.close();
    clickHouse.close();
  }

  @Test
  void runsThePanelsOwnQueryWithWhatIsChosenAndWritesNothing() throws Exception {
    assertThat(get(QUERY + "&var-plan=o%27neill").statusCode()).isEqualTo(200);
    assertThat(clickHouse.statements())
        .last()
        .isEqualTo(
            "SELECT 1 FROM v WHERE plan IN ('o\\'neill')"
                + " AND t >= toDateTime(1) AND t <= toDateTime(2)\nFORMAT JSONCompact");
    assertThat(clickHouse.settings()).allMatch(settings -> settings.contains("readonly=2"));
  }

  @Test
  void takesAllValuesWhereNoneIsChosen() throws Exception {
    get(QUERY + "&var-plan=$__all");
    get(QUERY);
    assertThat(clickHouse.statements().stream().filter(sql -> sql.contains("'pro','o\\'neill'")))
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"&var-plan=x')%20OR%201=1%20--", "&var-plan=pro&var-plan=other"})
  void refusesAValueThatTheVariableDoesNotHave(String chosen) throws Exception {
    HttpResponse<String> answer = get(QUERY + chosen);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("is no value of the variable plan");
    assertThat(clickHouse.statements()).containsExactly("SELECT plan FROM v");
  }

  @Test
  void findsAnnotationsAndValues() throws Exception {
    get("/api/dashboards/money/annotations/0" + RANGE);
    assertThat(clickHouse.statements()).last().isEqualTo("SELECT 2\nFORMAT JSONCompact");
    assertThat(get("/api/dashboards/money/variables/plan" + RANGE).body())
        .isEqualTo("[\"pro\",\"o'neill\"]");
  }

  @Test
  void readsRunbooksAndNoOtherFiles() throws Exception {
    Files.writeString(folder.resolve("late_payment.md"), "# Call them");
    assertThat(get("/api/runbooks/late_payment").body()).isEqualTo("{\"text\":\"# Call them\"}");
    assertThat(get("/api/runbooks/..%2Fmoney").statusCode()).isEqualTo(404);
    assertThat(get("/api/runbooks/money.json").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/dashboards/none, 404, There is no dashboard 'none'.",
    "/api/dashboards/money/panels/3/queries/B?from=1&to=2&points=9, 404, There is no query B of a panel 3.",
    "/api/dashboards/money/panels/3/queries/A?from=2&to=1&points=9, 400, to must be a whole number",
    "/api/dashboards/money/panels/3/queries/A?from=1&to=2&points=0, 400, points must be a whole number",
    "/api/alerts/x', 404, 32 hex digits",
    "/assets/..%2Findex.html, 404, no such file",
    "/elsewhere, 404, no such page",
  })
  void saysWhatIsWrong(String address, int status, String sentence) throws Exception {
    HttpResponse<String> answer = get(address);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).startsWith("{\"error\":").contains(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/d/money/any", "/alerts/0123"})
  void servesItsPageWhichAsksNobodyElse(String address) throws Exception {
    HttpResponse<String> page = get(address);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "connect-src 'self'");
    assertThat(page.headers().map()).doesNotContainKey("access-control-allow-origin");
    assertThat(page.body()).contains("<div id=\"app\">").doesNotContain("http://", "https://");
  }

  @Test
  void keepsAssetsWhoseNamesChangeWithThem() throws Exception {
    String page = get("/").body();
    String script = page.replaceAll("(?s).*src=\"([^\"]+\\.js)\".*", "$1");
    HttpResponse<String> asset = get(script);
    assertThat(asset.statusCode()).isEqualTo(200);
    assertThat(asset.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:3000", "127.0.0.1.evil.example", ""})
  void answersToNoOtherNameOfTheMachine(String host) throws Exception {
    try (Socket socket = new Socket(preview.url().getHost(), preview.url().getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /api/dashboards HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(host)
                  .getBytes(UTF_8));
      BufferedReader answer =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      assertThat(answer.readLine()).contains("403");
    }
  }

  @Test
  void changesNothingForOtherSites() throws Exception {
    assertThat(post(ALERT, "X-Other", "preview", "application/json").statusCode()).isEqualTo(403);
    assertThat(post(ALERT, "X-Tidewatch", "preview", "text/plain").statusCode()).isEqualTo(403);
    assertThat(
            send(acknowledgement(ALERT, "X-Tidewatch", "preview", "application/json")
                    .header("Origin", "http://evil.example"))
                .statusCode())
        .isEqualTo(403);
    assertThat(clickHouse.statements()).isEmpty();
  }

  @Test
  void needsANameToAcknowledge() throws Exception {
    HttpResponse<String> answer =
        send(
            acknowledgement(ALERT, "X-Tidewatch", "preview", "application/json")
                .POST(BodyPublishers.ofString("{\"by\": \" \"}")));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("'by' of 1 to 100 characters");
  }

  @Test
  void saysThatItsPortIsTaken() {
    assertThatThrownBy(
            () ->
                PreviewServer.start(
                    preview.url().getPort(),
                    folder,
                    folder,
                    LocalConfiguration.read(
                        Path.of(System.getProperty("tidewatch.home"), "flink-conf"), Map.of())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("wanted for the preview, is taken");
  }

  private HttpResponse<String> get(String address) throws Exception {
    return send(
        HttpRequest.newBuilder(
            URI.create(preview.url() + address.replace("$", "%24").replace("'", "%27"))));
  }

  private HttpResponse<String> post(String address, String header, String value, String type)
      throws Exception {
    return send(acknowledgement(address, header, value, type));
  }

  private HttpRequest.Builder acknowledgement(
      String address, String header, String value, String type) {
    return HttpRequest.newBuilder(URI.create(preview.url() + address + "/acknowledgement"))
        .header(header, value)
        .header("Content-Type", type)
        .POST(BodyPublishers.ofString("{\"by\": \"Ada\"}"));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
