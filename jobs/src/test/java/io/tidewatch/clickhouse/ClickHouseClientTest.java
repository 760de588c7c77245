package io.tidewatch.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is to blame where an answer does not arrive whole. */
class ClickHouseClientTest {

  private static final String ANSWER = "n\n1\n";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private HttpServer server;
  private ClickHouseClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    client =
        new ClickHouseClient(
            ClickHouseEndpoint.of("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void writesTheWholeAnswer() {
    answer(ANSWER.length());
    client.copy("SELECT 1 AS n", out);
    assertThat(out.toString(UTF_8)).isEqualTo(ANSWER);
  }

  @Test
  void aReaderThatWentAwayIsNotClickHousesFault() {
    answer(ANSWER.length());
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    assertThatThrownBy(() -> client.copy("SELECT 1 AS n", closed))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("The answer of ClickHouse can't be written")
        .hasRootCauseMessage("Broken pipe");
  }

  @Test
  void saysThatAnAnswerThatBeganBrokeOff() {
    answer(ANSWER.length() + 1);
    assertThatThrownBy(() -> client.copy("SELECT 1 AS n", out))
        .isInstanceOf(ClickHouseException.class)
        .hasMessageMatching("ClickHouse at http://127.*broke off in the middle of its answer");
  }

  @Test
  void saysThatNobodyAnswersAndWritesNothing() {
    server.stop(0);
    assertThatThrownBy(() -> client.copy("SELECT 1 AS n", out))
        .isInstanceOf(ClickHouseException.class)
        .hasMessageContaining("does not answer: is it running");
    assertThat(out.size()).isZero();
  }

  private void answer(int announcedLength) {
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, announcedLength);
          exchange.getResponseBody().write(ANSWER.getBytes(UTF_8));
          exchange.close();
        });
  }
}
