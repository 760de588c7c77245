package io.tidewatch.local.preview;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;

/**
 * What a browser is given.
 *
 * @param cache how long it may keep it, as {@code Cache-Control} says it
 */
record Answer(int status, String type, String cache, byte[] body) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JSON_TYPE = "application/json; charset=utf-8";
  private static final String NEVER = "no-store";

  /** JSON of beans, records, maps or trees. */
  static Answer json(Object value) {
    return json(200, value);
  }

  /** JSON as it is. */
  static Answer jsonText(String text) {
    return new Answer(200, JSON_TYPE, NEVER, text.getBytes(UTF_8));
  }

  static Answer problem(int status, String sentence) {
    return json(status, Map.of("error", sentence));
  }

  void send(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", cache);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static Answer json(int status, Object value) {
    try {
      return new Answer(status, JSON_TYPE, NEVER, JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON can be made of it", e);
    }
  }
}
