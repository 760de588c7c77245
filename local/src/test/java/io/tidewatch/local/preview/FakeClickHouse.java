package io.tidewatch.local.preview;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Answers every query for values with two plans and any other with no rows; keeps what was asked.
 */
final class FakeClickHouse implements AutoCloseable {

  private final List<String> statements = new CopyOnWriteArrayList<>();
  private final List<String> settings = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  FakeClickHouse() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String statement = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          statements.add(statement);
          settings.add(exchange.getRequestURI().getRawQuery());
          String answer =
              statement.contains("FORMAT")
                  ? "{\"meta\": [], \"data\": []}"
                  : "plan\npro\no'neill\n";
          exchange.sendResponseHeaders(200, answer.length());
          exchange.getResponseBody().write(answer.getBytes(UTF_8));
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What was asked, in order. */
  List<String> statements() {
    return statements;
  }

  /** The parameters of each request. */
  List<String> settings() {
    return settings;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
