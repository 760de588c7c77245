package io.tidewatch.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON as RFC 8259 has it and no more: one value, no duplicate keys, bounded depth. A parser's
 * failures become rejections.
 *
 * <p>Texts, names and numbers are bounded by the size of the record here; the checks bound them
 * further, since they can name the field.
 */
final class StrictJson {

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.DEPTH)
                  .maxStringLength(Limits.RECORD_BYTES)
                  .maxNameLength(Limits.RECORD_BYTES)
                  .maxNumberLength(Limits.RECORD_BYTES)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private StrictJson() {}

  /** What reads the object that a parser stands at the start of, up to its end. */
  interface ObjectReader<T> {
    T read(JsonParser parser) throws IOException, Rejection;
  }

  /**
   * Reads a record that is one JSON object.
   *
   * @throws Rejection RECORD_EMPTY, NOT_AN_OBJECT, JSON_INVALID, JSON_TOO_DEEP, FIELD_DUPLICATE
   */
  static <T> T readObject(byte[] value, ObjectReader<T> reader) throws Rejection {
    try (JsonParser parser = FACTORY.createParser(value)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new Rejection(ReasonCode.RECORD_EMPTY);
      }
      if (first != JsonToken.START_OBJECT) {
        throw new Rejection(ReasonCode.NOT_AN_OBJECT);
      }
      T result = reader.read(parser);
      if (parser.nextToken() != null) {
        throw new Rejection(ReasonCode.JSON_INVALID, "the record goes on after its JSON object");
      }
      return result;
    } catch (StreamConstraintsException tooDeep) {
      throw new Rejection(
          ReasonCode.JSON_TOO_DEEP, "objects and arrays nest deeper than " + Limits.DEPTH);
    } catch (JsonProcessingException malformed) {
      throw rejection(malformed);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Rejection rejection(JsonProcessingException malformed) {
    // the parser's own message may quote the payload
    String where = " at byte " + malformed.getLocation().getByteOffset();
    return malformed.getOriginalMessage().startsWith("Duplicate field")
        ? new Rejection(ReasonCode.FIELD_DUPLICATE, "an object names a field twice" + where)
        : new Rejection(ReasonCode.JSON_INVALID, "the JSON is malformed" + where);
  }
}
