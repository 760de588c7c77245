package io.tidewatch.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.ToLongFunction;

/**
 * Reads the four values that the aggregates need, by a streaming parser (Jackson), and skips the
 * rest. It is no limit of what is possible: Tidewatch has a scanner of its own.
 */
final class RequestParser implements ToLongFunction<byte[]> {

  private static final JsonFactory JSON = new JsonFactory();

  /** What the aggregates need of a request. */
  static final class Parsed {
    long time;
    String customer;
    String endpoint;
    long responseTimeMs;
  }

  static Parsed parse(byte[] value) {
    Parsed request = new Parsed();
    try (JsonParser parser = JSON.createParser(value)) {
      parser.nextToken();
      readObject(parser, request);
      return request;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void readObject(JsonParser parser, Parsed request) throws IOException {
    String name;
    while ((name = parser.nextFieldName()) != null) {
      parser.nextToken();
      switch (name) {
        case "time" -> request.time = parser.getLongValue();
        case "customer_id" -> request.customer = parser.getText();
        case "endpoint" -> request.endpoint = parser.getText();
        case "response_time_ms" -> request.responseTimeMs = parser.getLongValue();
        case "properties" -> readObject(parser, request);
        default -> parser.skipChildren();
      }
    }
  }

  @Override
  public long applyAsLong(byte[] value) {
    Parsed request = parse(value);
    return request.time
        + request.responseTimeMs
        + request.customer.length()
        + request.endpoint.length();
  }
}
