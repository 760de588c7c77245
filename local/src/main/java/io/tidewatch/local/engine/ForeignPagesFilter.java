package io.tidewatch.local.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import io.tidewatch.local.RequestOrigin;
import java.io.IOException;

/**
 * Lets in what runs on this machine, and no page that a browser on it has open: whoever can ask may
 * also drop the database, and no password is asked for.
 */
final class ForeignPagesFilter extends Filter {

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    RequestOrigin origin = new RequestOrigin(exchange.getRequestHeaders());
    if (!origin.asksLoopback()) {
      refuse(exchange, "The local ClickHouse answers to localhost, 127.0.0.1 and [::1] alone.");
    } else if (!origin.isOwn() || origin.isSentByAnotherSite()) {
      refuse(exchange, "The local ClickHouse takes no requests that pages of other sites send.");
    } else {
      chain.doFilter(exchange);
    }
  }

  @Override
  public String description() {
    return "requests that no page of another site sent";
  }

  private static void refuse(HttpExchange exchange, String sentence) throws IOException {
    try (exchange) {
      byte[] body = (sentence + "\n").getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=UTF-8");
      exchange.sendResponseHeaders(403, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
