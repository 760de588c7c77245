package io.tidewatch.ingest;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of a rejected record that a dead letter may hold: valid UTF-8 without NUL characters,
 * personal fields and e-mail addresses masked by {@code ***}, cut after {@link
 * Limits#PAYLOAD_CHARACTERS}. JSON comes out compact; what is not JSON as it is, bytes that are no
 * UTF-8 replaced.
 */
final class PayloadMask {

  private static final String MASK = "***";

  private final PersonalFieldIndex fields;

  PayloadMask(PersonalFields fields) {
    this.fields = new PersonalFieldIndex(fields);
  }

  /** The payload's text; empty for null. */
  String payload(byte[] value) {
    if (value == null) {
      return "";
    }
    return value.length <= Limits.RECORD_BYTES && Utf8.isValid(value)
        ? cut(maskedJson(value))
        : cut(text(decodeBeginning(value)));
  }

  /** A text with its e-mail addresses masked. */
  String text(String text) {
    return storable(EmailText.replace(text, address -> MASK));
  }

  private String maskedJson(byte[] value) {
    String text = new String(value, StandardCharsets.UTF_8);
    try (JsonParser parser = StrictJson.FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        return text;
      }
      String masked = JsonCopy.copy(parser, "", this::leaf);
      return parser.nextToken() == null ? storable(masked) : text(text);
    } catch (IOException malformed) {
      return text(text);
    }
  }

  private String leaf(String path, String text) {
    return fields.of(path) == PersonalFieldIndex.Treatment.KEEP ? text(text) : MASK;
  }

  /** More than enough bytes for the characters that are kept. */
  private static String decodeBeginning(byte[] value) {
    int length = Math.min(value.length, 4 * Limits.PAYLOAD_CHARACTERS);
    return new String(Arrays.copyOf(value, length), StandardCharsets.UTF_8);
  }

  private static String cut(String text) {
    if (text.length() <= Limits.PAYLOAD_CHARACTERS) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(Limits.PAYLOAD_CHARACTERS - 1));
    return text.substring(0, Limits.PAYLOAD_CHARACTERS - (splitsPair ? 1 : 0));
  }

  /** The text with U+FFFD for each NUL and each half of a surrogate pair. */
  private static String storable(String text) {
    if (Texts.isStorable(text)) {
      return text;
    }
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> Texts.isStorable(point) ? point : '\uFFFD')
        .forEach(result::appendCodePoint);
    return result.toString();
  }
}
