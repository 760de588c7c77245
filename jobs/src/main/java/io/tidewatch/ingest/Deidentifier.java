package io.tidewatch.ingest;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * Takes personal data out of an event: configured fields are dropped or replaced by a pseudonym,
 * and so is each e-mail address in any other text.
 */
final class Deidentifier {

  private final PersonalFieldIndex fields;
  private final Set<String> webProperties;
  private final Pseudonyms pseudonyms;

  Deidentifier(PersonalFields fields, Set<String> webProperties, byte[] pseudonymKey) {
    this.fields = new PersonalFieldIndex(fields);
    this.webProperties = webProperties;
    this.pseudonyms = new Pseudonyms(pseudonymKey);
  }

  /** Whether a web event keeps the property of that name at all. */
  boolean webEventKeeps(String name) {
    return webProperties.contains(name);
  }

  PersonalFieldIndex.Treatment treatmentOf(String name) {
    return fields.of(name);
  }

  /** What may leave of a field's text; null if nothing may. */
  String field(String name, String text) {
    return text == null ? null : treated(fields.of(name), text, false);
  }

  /**
   * What may leave of a text under that treatment; null if nothing may.
   *
   * @param isClean whether the text is known to be, see {@link JsonCursor#isClean}
   */
  String treated(PersonalFieldIndex.Treatment treatment, String text, boolean isClean) {
    return switch (treatment) {
      case DROP -> null;
      case HASH -> pseudonyms.of(text);
      case KEEP, MASK -> text(text, isClean);
    };
  }

  /** A text that belongs to no field of its own, such as an id or a name. */
  String text(String text) {
    return EmailText.replace(text, pseudonyms::of);
  }

  /**
   * The same.
   *
   * @param isClean whether the text is known to be, see {@link JsonCursor#isClean}
   */
  String text(String text, boolean isClean) {
    return isClean ? text : text(text);
  }

  /** What may leave of an array in its JSON text; null if nothing may. */
  String array(String name, String json) {
    boolean holdsOnlyScalars = json.indexOf('{') < 0;
    if (holdsOnlyScalars || fields.of(name) == PersonalFieldIndex.Treatment.DROP) {
      return field(name, json);
    }
    try (JsonParser parser = StrictJson.FACTORY.createParser(json)) {
      parser.nextToken();
      return JsonCopy.copy(parser, name, this::field);
    } catch (IOException impossible) {
      throw new UncheckedIOException("JSON that was just written", impossible);
    }
  }
}
