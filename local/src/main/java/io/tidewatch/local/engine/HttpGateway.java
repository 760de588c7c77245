package io.tidewatch.local.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Answers ClickHouse's HTTP interface from the engine in this process.
 *
 * <p>Each request has a connection of its own, so that its settings and database touch no other. No
 * password is asked for: the server in front must listen on loopback only, and let in no pages that
 * a browser there has open.
 */
final class HttpGateway implements HttpHandler, AutoCloseable {

  private static final int PARALLEL_QUERIES = 8;

  private final Chdb chdb;
  private final ChdbConnection anchor;
  private final Semaphore permits = new Semaphore(PARALLEL_QUERIES);

  /**
   * Opens the data directory and keeps it open.
   *
   * @throws EngineException where it cannot be opened
   */
  HttpGateway(Chdb chdb) {
    this.chdb = chdb;
    this.anchor = chdb.connect();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      if (isPing(exchange)) {
        send(exchange, 200, "Ok.\n");
      } else {
        answer(exchange, QueryRequest.read(exchange));
      }
    } catch (EngineException e) {
      exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", Integer.toString(e.code()));
      send(exchange, 500, e.getMessage() + " (version " + chdb.version() + ")\n");
    } finally {
      exchange.close();
    }
  }

  /** Waits for running queries, but not for ever, and closes the data directory. */
  @Override
  public void close() throws InterruptedException {
    permits.tryAcquire(PARALLEL_QUERIES, 5, TimeUnit.SECONDS);
    anchor.close();
  }

  private void answer(HttpExchange exchange, QueryRequest request) throws IOException {
    permits.acquireUninterruptibly();
    try (ChdbConnection connection = chdb.connect()) {
      request.useDatabase().ifPresent(connection::execute);
      request.applySettings().ifPresent(connection::execute);
      Optional<InsertStatement> insert = InsertStatement.parse(request.statement());
      try (ChdbResult result =
          insert.isPresent()
              ? connection.insert(insert.get())
              : connection.query(request.statement(), request.format())) {
        send(exchange, request, result);
      }
    } finally {
      permits.release();
    }
  }

  private static void send(HttpExchange exchange, QueryRequest request, ChdbResult result)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("X-ClickHouse-Query-Id", request.queryId());
    headers.set("X-ClickHouse-Format", request.format());
    headers.set("X-ClickHouse-Timezone", "UTC");
    headers.set("X-ClickHouse-Summary", result.summary());
    long length = result.length();
    exchange.sendResponseHeaders(200, length == 0 ? -1 : length);
    if (length > 0) {
      try (OutputStream body = exchange.getResponseBody()) {
        result.writeTo(body);
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=UTF-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static boolean isPing(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().equals("/ping")
        || exchange.getRequestMethod().equals("GET") && exchange.getRequestURI().getQuery() == null;
  }
}
