package io.tidewatch.ingest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Formats of contact data, told by a property's name: {@code email}, {@code phone}, {@code url} and
 * names that end so after {@code _} or {@code .}.
 */
enum ContactFormat {
  EMAIL("email", QualityCheck.EMAIL_FORMAT) {
    @Override
    boolean fits(String text) {
      return text.length() <= EMAIL_CHARACTERS && ADDRESS.matcher(text).matches();
    }
  },

  /** 7 to 15 digits, as E.164 has it, with the usual punctuation. */
  PHONE("phone", QualityCheck.PHONE_FORMAT) {
    @Override
    boolean fits(String text) {
      if (!NUMBER.matcher(text).matches()) {
        return false;
      }
      long digits = text.chars().filter(Character::isDigit).count();
      return digits >= 7 && digits <= 15;
    }
  },

  /** An absolute http or https URL with a host. */
  URL("url", QualityCheck.URL_FORMAT) {
    @Override
    boolean fits(String text) {
      try {
        URI uri = new URI(text);
        return uri.getHost() != null
            && ("http".equalsIgnoreCase(uri.getScheme())
                || "https".equalsIgnoreCase(uri.getScheme()));
      } catch (URISyntaxException malformed) {
        return false;
      }
    }
  };

  private static final Pattern ADDRESS =
      Pattern.compile(
          "[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]{1,64}+(?:\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]{1,64}+){0,10}+"
              + "@(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.){1,10}\\p{L}[\\p{L}\\p{N}-]{1,62}");
  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9 ().\\-/]{7,30}");
  private static final int EMAIL_CHARACTERS = 254;

  private final String word;
  private final QualityCheck check;

  ContactFormat(String word, QualityCheck check) {
    this.word = word;
    this.check = check;
  }

  /** The format that a property's name promises; null for none. */
  static ContactFormat of(String name) {
    for (ContactFormat format : values()) {
      if (format.isNamed(name)) {
        return format;
      }
    }
    return null;
  }

  private boolean isNamed(String name) {
    if (!name.endsWith(word)) {
      return false;
    }
    int before = name.length() - word.length() - 1;
    return before < 0 || name.charAt(before) == '_' || name.charAt(before) == '.';
  }

  abstract boolean fits(String text);

  /** The check that a text of another format fails. */
  QualityCheck check() {
    return check;
  }
}
