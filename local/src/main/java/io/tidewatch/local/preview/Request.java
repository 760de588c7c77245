package io.tidewatch.local.preview;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a browser asks.
 *
 * @param path its parts, decoded; empty for {@code /}
 * @param parameters the values of each, in their order
 * @param body empty unless it is a POST
 */
record Request(
    String method, List<String> path, Map<String, List<String>> parameters, byte[] body) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_BODY = 64 << 10;

  static Request of(HttpExchange exchange) throws IOException {
    return new Request(
        exchange.getRequestMethod(),
        Stream.of(exchange.getRequestURI().getRawPath().split("/"))
            .filter(part -> !part.isEmpty())
            .map(Request::decode)
            .toList(),
        parameters(exchange.getRequestURI().getRawQuery()),
        exchange.getRequestBody().readNBytes(LARGEST_BODY));
  }

  /** The values of a parameter; none where it is not given. */
  List<String> values(String parameter) {
    return parameters.getOrDefault(parameter, List.of());
  }

  /**
   * A parameter that is a whole number.
   *
   * @throws Problem unless it is one between the two, both included
   */
  long number(String parameter, long least, long most) {
    String text = values(parameter).stream().findFirst().orElse("");
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // says so below
    }
    throw Problem.badRequest(
        "%s must be a whole number from %d to %d, not '%s'."
            .formatted(parameter, least, most, text));
  }

  /**
   * A text of the JSON body.
   *
   * @throws Problem unless it is there and has a length between 1 and the given one
   */
  String text(String name, int longest) {
    try {
      JsonNode value = JSON.readTree(body).path(name);
      if (value.isTextual() && !value.asText().isBlank() && value.asText().length() <= longest) {
        return value.asText().strip();
      }
    } catch (IOException e) {
      // says so below
    }
    throw Problem.badRequest(
        "The body must be JSON with a '%s' of 1 to %d characters.".formatted(name, longest));
  }

  private static Map<String, List<String>> parameters(String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (query != null) {
      for (String pair : query.split("&")) {
        String[] parts = pair.split("=", 2);
        parameters
            .computeIfAbsent(decode(parts[0]), name -> new ArrayList<>())
            .add(parts.length == 1 ? "" : decode(parts[1]));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("The address can't be read.");
    }
  }
}
