package io.tidewatch.local;

/**
 * Text from data, as a terminal shows it: what would steer the terminal is not in it, and columns
 * are counted rather than characters.
 */
public final class TerminalText {

  private static final char STAND_IN = '\uFFFD';
  private static final int NON_JOINER = 0x200C;
  private static final int JOINER = 0x200D;
  private static final int DRAWN_AS_PICTURE = 0xFE0F;

  /** The first and last of those that take two columns, at least on some terminals. */
  private static final int[][] WIDE = {
    {0x1100, 0x115F}, // Hangul, how syllables begin
    {0x231A, 0x23FF}, // watch to stop button
    {0x25FD, 0x25FE},
    {0x2600, 0x27BF}, // symbols, many of them pictures
    {0x2B1B, 0x2B55},
    {0x2E80, 0x303E}, // Han radicals, punctuation
    {0x3041, 0xA4CF}, // Kana, Bopomofo, Han, Yi
    {0xA960, 0xA97C},
    {0xAC00, 0xD7A3}, // Hangul
    {0xF900, 0xFAFF},
    {0xFE10, 0xFE19},
    {0xFE30, 0xFE6F},
    {0xFF01, 0xFF60}, // Latin as wide as Han
    {0xFFE0, 0xFFE6},
    {0x16FE0, 0x1B2FF}, // Tangut, Khitan, historic Kana
    {0x1F000, 0x1FAFF}, // pictures
    {0x20000, 0x3FFFD} // Han
  };

  private TerminalText() {}

  /**
   * The text in one line, with a stand-in for each character that controls the terminal, reverses
   * the order of others or hides.
   */
  public static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().map(TerminalText::printable).forEach(shown::appendCodePoint);
    return shown.toString();
  }

  private static int printable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL -> Character.isWhitespace(character) ? ' ' : STAND_IN;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
      case Character.FORMAT ->
          character == JOINER || character == NON_JOINER ? character : STAND_IN;
      case Character.SURROGATE -> STAND_IN;
      default -> character;
    };
  }

  /** How many columns printable text takes at most; terminals differ in pictures. */
  public static int width(String text) {
    return text.codePoints().map(TerminalText::width).sum();
  }

  /**
   * Where printable text no longer fits into so many columns: between two characters, and behind
   * the marks on the one before.
   */
  public static int end(String text, int columns) {
    int end = 0;
    int taken = 0;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      taken += width(character);
      if (taken > columns) {
        return end;
      }
      end += Character.charCount(character);
    }
    return end;
  }

  private static int width(int character) {
    if (character == DRAWN_AS_PICTURE) {
      return 1;
    }
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(character) ? 2 : 1;
    };
  }

  private static boolean isWide(int character) {
    for (int[] range : WIDE) {
      if (range[0] <= character && character <= range[1]) {
        return true;
      }
    }
    return false;
  }
}
