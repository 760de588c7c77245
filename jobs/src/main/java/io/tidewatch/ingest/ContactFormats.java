package io.tidewatch.ingest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Formats of contact data, told by a property's name: {@code email}, {@code phone}, {@code url} and
 * names that end so after {@code _} or {@code .}.
 */
final class ContactFormats {

  private static final Pattern EMAIL =
      Pattern.compile(
          "[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]{1,64}+(?:\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]{1,64}+){0,10}+"
              + "@(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.){1,10}\\p{L}[\\p{L}\\p{N}-]{1,62}");
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ().\\-/]{7,30}");
  private static final int EMAIL_CHARACTERS = 254;

  private ContactFormats() {}

  /** The check that a property fails; null if it passes or none applies. */
  static QualityCheck failedCheck(String name, String text) {
    if (isNamed(name, "email")) {
      return isEmail(text) ? null : QualityCheck.EMAIL_FORMAT;
    }
    if (isNamed(name, "phone")) {
      return isPhone(text) ? null : QualityCheck.PHONE_FORMAT;
    }
    if (isNamed(name, "url")) {
      return isUrl(text) ? null : QualityCheck.URL_FORMAT;
    }
    return null;
  }

  private static boolean isNamed(String name, String kind) {
    if (!name.endsWith(kind)) {
      return false;
    }
    int before = name.length() - kind.length() - 1;
    return before < 0 || name.charAt(before) == '_' || name.charAt(before) == '.';
  }

  static boolean isEmail(String text) {
    return text.length() <= EMAIL_CHARACTERS && EMAIL.matcher(text).matches();
  }

  /** 7 to 15 digits, as E.164 has it, with the usual punctuation. */
  static boolean isPhone(String text) {
    if (!PHONE.matcher(text).matches()) {
      return false;
    }
    long digits = text.chars().filter(Character::isDigit).count();
    return digits >= 7 && digits <= 15;
  }

  /** An absolute http or https URL with a host. */
  static boolean isUrl(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && ("http".equalsIgnoreCase(uri.getScheme())
              || "https".equalsIgnoreCase(uri.getScheme()));
    } catch (URISyntaxException malformed) {
      return false;
    }
  }
}
