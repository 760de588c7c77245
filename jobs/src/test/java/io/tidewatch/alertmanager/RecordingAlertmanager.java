package io.tidewatch.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Takes alerts as Alertmanager does, and remembers each that it was told of. */
final class RecordingAlertmanager implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Function<List<JsonNode>, Integer> status;
  private final List<JsonNode> accepted = new ArrayList<>();
  private int requests;

  /**
   * @param status what it answers to a request with these alerts; on 200 it takes them
   */
  RecordingAlertmanager(Function<List<JsonNode>, Integer> status) throws IOException {
    this.status = status;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v2/alerts", this::answer);
    server.start();
  }

  static RecordingAlertmanager healthy() throws IOException {
    return new RecordingAlertmanager(alerts -> 200);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** All that it took, in the order it came. */
  synchronized List<JsonNode> accepted() {
    return List.copyOf(accepted);
  }

  synchronized int requests() {
    return requests;
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    requests++;
    List<JsonNode> alerts = new ArrayList<>();
    JSON.readTree(exchange.getRequestBody()).forEach(alerts::add);
    int code = status.apply(alerts);
    if (code == 200) {
      accepted.addAll(alerts);
    }
    exchange.sendResponseHeaders(code, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
