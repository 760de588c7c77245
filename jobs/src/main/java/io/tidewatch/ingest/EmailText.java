package io.tidewatch.ingest;

import java.util.function.UnaryOperator;

/**
 * Finds e-mail addresses within text, also with their {@code @} written as {@code %40}, as query
 * strings have it. Punctuation that addresses may but hardly ever do hold ends one here, so that an
 * address is found within URLs and JSON. Takes time linear in the text, whatever it is.
 */
final class EmailText {

  private static final String LOCAL_PUNCTUATION = "._%+-'!$*~^";
  private static final String ENCODED_AT = "%40";

  private EmailText() {}

  /** The text with each address replaced; the same object if there is none. */
  static String replace(String text, UnaryOperator<String> replacement) {
    int plain = text.indexOf('@');
    int encoded = text.indexOf(ENCODED_AT);
    if (plain < 0 && encoded < 0) {
      return text;
    }
    StringBuilder result = null;
    int copied = 0;
    int looked = 0;
    int local = 0;
    while (plain >= 0 || encoded >= 0) {
      boolean isPlain = encoded < 0 || (plain >= 0 && plain < encoded);
      int at = isPlain ? plain : encoded;
      int domain = at + (isPlain ? 1 : ENCODED_AT.length());
      if (isPlain) {
        plain = text.indexOf('@', domain);
      } else {
        encoded = text.indexOf(ENCODED_AT, domain);
      }
      // an encoded at-sign may be part of the next local part, which must not be walked through
      // again
      int start = localStart(text, at, looked);
      local = start == looked ? local : start;
      looked = at;
      int from = Math.max(local, copied);
      int to = domainEnd(text, domain);
      if (from == at || to < 0) {
        continue;
      }
      if (result == null) {
        result = new StringBuilder(text.length() + 64);
      }
      result.append(text, copied, from).append(replacement.apply(text.substring(from, to)));
      copied = to;
    }
    return result == null ? text : result.append(text, copied, text.length()).toString();
  }

  private static int localStart(String text, int at, int notBefore) {
    int start = at;
    while (start > notBefore && isLocal(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static boolean isLocal(char character) {
    return Character.isLetterOrDigit(character) || LOCAL_PUNCTUATION.indexOf(character) >= 0;
  }

  /** Where the domain ends that begins here: at least two labels, the last of letters; else -1. */
  private static int domainEnd(String text, int start) {
    int end = -1;
    int labelStart = start;
    for (int i = start; i <= text.length(); i++) {
      char character = i < text.length() ? text.charAt(i) : ' ';
      if (Character.isLetterOrDigit(character) || character == '-') {
        continue;
      }
      if (i == labelStart) {
        break;
      }
      if (labelStart > start && isTopLevel(text, labelStart, i)) {
        end = i;
      }
      if (character != '.') {
        break;
      }
      labelStart = i + 1;
    }
    return end;
  }

  private static boolean isTopLevel(String text, int from, int to) {
    return to - from >= 2 && Character.isLetter(text.charAt(from));
  }
}
