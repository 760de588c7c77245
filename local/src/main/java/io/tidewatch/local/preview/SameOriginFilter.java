package io.tidewatch.local.preview;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.tidewatch.local.RequestOrigin;
import java.io.IOException;
import java.util.Set;

/**
 * Lets nobody in but the preview's own pages on this machine.
 *
 * <p>A request must name this machine as its host, so that no other name can be pointed at the
 * loopback address to read from it. One that changes something must come from the preview's own
 * origin with a header that forms of other sites can't send. No other origin is ever allowed to
 * read an answer.
 */
final class SameOriginFilter extends Filter {

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";
  private static final Set<String> READING = Set.of("GET", "HEAD");

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    Headers answer = exchange.getResponseHeaders();
    answer.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    answer.set("X-Content-Type-Options", "nosniff");
    answer.set("Referrer-Policy", "no-referrer");
    answer.set("Cross-Origin-Resource-Policy", "same-origin");
    RequestOrigin origin = new RequestOrigin(exchange.getRequestHeaders());
    if (!origin.asksLoopback() || !asksThisPort(exchange)) {
      refuse(exchange, "The preview answers to localhost, 127.0.0.1 and [::1] alone.");
    } else if (!READING.contains(exchange.getRequestMethod()) && !isOfPreview(exchange, origin)) {
      refuse(exchange, "Only the preview's own pages may change something.");
    } else {
      chain.doFilter(exchange);
    }
  }

  @Override
  public String description() {
    return "requests of the preview's own pages";
  }

  private static boolean asksThisPort(HttpExchange exchange) {
    int port = exchange.getLocalAddress().getPort();
    return exchange.getRequestHeaders().getFirst("Host").endsWith(":" + port);
  }

  private static boolean isOfPreview(HttpExchange exchange, RequestOrigin origin) {
    Headers headers = exchange.getRequestHeaders();
    return "preview".equals(headers.getFirst("X-Tidewatch"))
        && "application/json".equals(headers.getFirst("Content-Type"))
        && origin.isOwn();
  }

  private static void refuse(HttpExchange exchange, String sentence) throws IOException {
    try (exchange) {
      Answer.problem(403, sentence).send(exchange);
    }
  }
}
