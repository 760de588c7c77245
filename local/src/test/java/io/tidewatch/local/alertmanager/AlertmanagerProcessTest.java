package io.tidewatch.local.alertmanager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tidewatch.local.LoopbackPort;
import io.tidewatch.local.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf("isInstalled")
class AlertmanagerProcessTest {

  private static final Path PROGRAM = AlertmanagerProcess.program().orElse(null);

  @TempDir private Path folder;
  private Path configuration;

  static boolean isInstalled() {
    return PROGRAM != null;
  }

  @BeforeEach
  void configure() throws IOException {
    configuration =
        Files.writeString(
            folder.resolve("alertmanager.yml"),
            "{route: {receiver: none}, receivers: [{name: none}]}");
  }

  @Test
  void takesNobodyElsesAnswerForItsOwn() throws Exception {
    HttpServer stranger = stranger();
    int port = stranger.getAddress().getPort();
    try {
      assertThatThrownBy(() -> start("refused", port))
          .isInstanceOf(UserException.class)
          .hasMessage(LoopbackPort.takenMessage(port, "Alertmanager"));
      try (AlertmanagerProcess alertmanager = startAnywhere("elsewhere", port)) {
        assertThat(alertmanager.url().getPort()).isNotEqualTo(port);
        assertThat(status(alertmanager)).contains("uptime");
      }
    } finally {
      stranger.stop(0);
    }
  }

  @Test
  void twoThatStartAtOnceAnswerEachForItself() throws Exception {
    int port = LoopbackPort.free();
    CompletableFuture<AlertmanagerProcess> other =
        CompletableFuture.supplyAsync(() -> startAnywhere("other", port));
    try (AlertmanagerProcess one = startAnywhere("one", port)) {
      try (AlertmanagerProcess another = other.join()) {
        assertThat(another.url()).isNotEqualTo(one.url());
        assertThat(status(another)).contains("uptime");
      }
      assertThat(status(one)).contains("uptime");
    }
  }

  @Test
  void saysWhereToReadWhyItDidNotStart() throws IOException {
    Files.writeString(configuration, "route: {}");
    assertThatThrownBy(() -> startAnywhere("refused", LoopbackPort.free()))
        .isInstanceOf(UserException.class)
        .hasMessage("Alertmanager did not start; its log is %s.", folder.resolve("refused.log"));
  }

  private AlertmanagerProcess start(String name, int port) {
    return AlertmanagerProcess.start(
        PROGRAM, configuration, folder.resolve(name), port, folder.resolve(name + ".log"));
  }

  private AlertmanagerProcess startAnywhere(String name, int preferredPort) {
    return AlertmanagerProcess.startAnywhere(
        PROGRAM, configuration, folder.resolve(name), preferredPort, folder.resolve(name + ".log"));
  }

  /** Answers whatever it is asked, as if it were ready. */
  private static HttpServer stranger() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName(LoopbackPort.HOST), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("OK".getBytes(UTF_8));
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String status(AlertmanagerProcess alertmanager) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(alertmanager.url().resolve("/api/v2/status")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
