package io.tidewatch.ingest;

/** Which texts the tables hold. */
final class Texts {

  private Texts() {}

  /**
   * Checks a text against its limit and, unless it is known to be clean, for what cannot be stored.
   *
   * @param text null is fine
   * @param isClean see {@link JsonCursor#isClean}
   * @throws Rejection with {@code tooLong}, or TEXT_INVALID
   */
  static void check(
      String field, String text, boolean isClean, int maxCharacters, ReasonCode tooLong)
      throws Rejection {
    if (text == null || isClean && text.length() <= maxCharacters) {
      return;
    }
    Rejection problem = problem(field, text, maxCharacters, tooLong);
    if (problem != null) {
      throw problem;
    }
  }

  /** What is wrong with a text; null for nothing. */
  static Rejection problem(String field, String text, int maxCharacters, ReasonCode tooLong) {
    if (text.length() > maxCharacters) {
      return new Rejection(tooLong, field + " has more than " + maxCharacters + " characters");
    }
    return isStorable(text)
        ? null
        : new Rejection(
            ReasonCode.TEXT_INVALID, field + " holds a NUL character or half of a surrogate pair");
  }

  /** Whether the text holds neither a NUL character nor half of a surrogate pair. */
  static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == 0) {
        return false;
      }
      if (Character.isSurrogate(character)) {
        if (Character.isLowSurrogate(character)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** Whether a code point may be in a text. */
  static boolean isStorable(int codePoint) {
    return codePoint != 0
        && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
  }
}
