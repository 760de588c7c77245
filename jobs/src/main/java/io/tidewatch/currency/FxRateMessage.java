package io.tidewatch.currency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * A rate as the topic {@code fx-rates} tells it: {@code {"date": "2026-01-05", "currency": "USD",
 * "rate": "0.8532"}}, the rate as text or number.
 */
public final class FxRateMessage {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** Every rate of the topic corrects one of the file, and a later one an earlier one. */
  private static final long FIRST_VERSION = 2;

  private FxRateMessage() {}

  /**
   * @param value may be null
   * @param offset of the record in its partition; a day's rates of a currency share one
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static FxRate read(byte[] value, long offset, String quoteCurrency) {
    JsonNode message = parse(value);
    return FxRate.parse(
        text(message, "date"),
        text(message, "currency"),
        text(message, "rate"),
        quoteCurrency,
        FIRST_VERSION + offset);
  }

  private static JsonNode parse(byte[] value) {
    try {
      JsonNode message = value == null ? null : JSON.readTree(value);
      if (message == null || !message.isObject()) {
        throw new IllegalArgumentException("the record is not a JSON object");
      }
      return message;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the record is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalArgumentException("the record can't be read: " + e.getMessage());
    }
  }

  private static String text(JsonNode message, String field) {
    JsonNode value = message.get(field);
    if (value == null || !value.isValueNode() || value.isNull()) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return value.asText();
  }
}
