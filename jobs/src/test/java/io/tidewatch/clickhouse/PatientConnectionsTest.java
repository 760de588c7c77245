package io.tidewatch.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatientConnectionsTest {

  @Test
  void endsWithItsPatience() throws IOException {
    int unused;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }
    PatientConnections connections =
        connections(ClickHouseEndpoint.of("http://127.0.0.1:" + unused), Duration.ofMillis(1));

    assertThatThrownBy(connections::getOrEstablishConnection)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("127.0.0.1:" + unused)
        .hasMessageContaining("can't be written to");
    assertThat(connections.isConnectionValid()).isFalse();
    assertThat(connections.getConnection()).isNull();
  }

  @Test
  void doesNotWaitForAServerThatRefusesTheUser() throws IOException {
    HttpServer server = refusing(516, "default: Authentication failed (AUTHENTICATION_FAILED)");
    try {
      PatientConnections connections =
          connections(
              ClickHouseEndpoint.of("http://127.0.0.1:" + server.getAddress().getPort()),
              Duration.ofDays(1));

      assertThatThrownBy(connections::getOrEstablishConnection)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("Authentication failed");
    } finally {
      server.stop(0);
    }
  }

  private static PatientConnections connections(ClickHouseEndpoint endpoint, Duration patience) {
    return new PatientConnections(endpoint, "fact_events", patience);
  }

  private static HttpServer refusing(int code, String message) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] body = "Code: %d. DB::Exception: %s".formatted(code, message).getBytes();
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("X-ClickHouse-Exception-Code", Integer.toString(code));
          exchange.sendResponseHeaders(403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
