package io.tidewatch.ingest;

import java.nio.charset.StandardCharsets;

/**
 * Records as most producers write them: JSON objects of few levels, without arrays, escapes or
 * names that occur twice. It takes nothing that is not JSON, and leaves everything else, also the
 * question what is wrong with a record, to {@link StrictCursor}. It reads several times as fast,
 * since it makes hardly an object but the texts; short ones are remembered, as they come again.
 *
 * <p>Serves one record at a time, any number one after another. Not thread-safe.
 */
final class PlainCursor implements JsonCursor {

  /** This is no plain record; says nothing about whether it is a sound one. */
  static final class NotPlain extends RuntimeException {

    private static final NotPlain INSTANCE = new NotPlain();

    private NotPlain() {
      super("not a plain record", null, false, false);
    }
  }

  private static final int LEVELS = 4;
  private static final int MEMBERS = 64;

  private final RecentTexts recent = new RecentTexts();

  /** The names of the objects that are open, the outermost first. */
  private final String[] names = new String[MEMBERS];

  private int named;

  /** By level: how many names there were before the object. */
  private final int[] before = new int[LEVELS];

  private int level;
  private byte[] json;
  private int position;
  private Type type;
  private int from;
  private int to;

  /** Whether the object that is open has had a member. */
  private boolean begun;

  /**
   * Enters the object that a record is.
   *
   * @param record valid UTF-8
   * @throws NotPlain if it does not begin like one
   */
  void enter(byte[] record) {
    json = record;
    position = 0;
    level = -1;
    named = 0;
    if (next() != '{') {
      throw NotPlain.INSTANCE;
    }
    open();
  }

  /**
   * Leaves the record.
   *
   * @throws NotPlain if its object was not read to its end or something follows it
   */
  void leave() {
    boolean isRead = level < 0;
    while (position < json.length && isBlank(json[position])) {
      position++;
    }
    if (!isRead || position < json.length) {
      throw NotPlain.INSTANCE;
    }
    json = null;
  }

  @Override
  public String nextName() {
    byte next = next();
    if (next == '}') {
      named = before[level];
      level--;
      begun = true;
      return null;
    }
    if (begun) {
      if (next != ',') {
        throw NotPlain.INSTANCE;
      }
      next = next();
    }
    if (next != '"') {
      throw NotPlain.INSTANCE;
    }
    scanText();
    String name = recent.of(json, from, to);
    remember(name);
    if (next() != ':') {
      throw NotPlain.INSTANCE;
    }
    begun = true;
    scanValue();
    return name;
  }

  private void remember(String name) {
    if (named == MEMBERS) {
      throw NotPlain.INSTANCE;
    }
    for (int i = before[level]; i < named; i++) {
      if (names[i].equals(name)) {
        throw NotPlain.INSTANCE;
      }
    }
    names[named++] = name;
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public String text() {
    return recent.of(json, from, to);
  }

  @Override
  public String array(String path) {
    throw NotPlain.INSTANCE;
  }

  @Override
  public void skip() {
    if (type == Type.OBJECT) {
      throw NotPlain.INSTANCE;
    }
  }

  private void open() {
    level++;
    if (level == LEVELS) {
      throw NotPlain.INSTANCE;
    }
    before[level] = named;
    begun = false;
  }

  private void scanValue() {
    byte first = next();
    switch (first) {
      case '"' -> {
        scanText();
        type = Type.TEXT;
      }
      case '{' -> {
        open();
        type = Type.OBJECT;
      }
      case 't' -> scanWord("true", Type.BOOLEAN);
      case 'f' -> scanWord("false", Type.BOOLEAN);
      case 'n' -> scanWord("null", Type.NULL);
      default -> scanNumber();
    }
  }

  /** The position is after the opening quote, and then after the closing one. */
  private void scanText() {
    byte[] json = this.json;
    int end = position;
    from = end;
    for (; end < json.length; end++) {
      byte unit = json[end];
      if (unit == '"') {
        to = end;
        position = end + 1;
        return;
      }
      if (unit == '\\' || unit >= 0 && unit < ' ') {
        break;
      }
    }
    throw NotPlain.INSTANCE;
  }

  private void scanWord(String word, Type type) {
    from = position - 1;
    to = from + word.length();
    if (to > json.length) {
      throw NotPlain.INSTANCE;
    }
    for (int i = 1; i < word.length(); i++) {
      if (json[from + i] != word.charAt(i)) {
        throw NotPlain.INSTANCE;
      }
    }
    position = to;
    this.type = type;
  }

  /** What follows a number is looked at by whoever goes on. */
  private void scanNumber() {
    from = position - 1;
    position = from;
    type = Type.INTEGER;
    if (at(position) == '-') {
      position++;
    }
    if (at(position) == '0') {
      position++;
    } else {
      scanDigits();
    }
    if (at(position) == '.') {
      position++;
      scanDigits();
      type = Type.DECIMAL;
    }
    if (at(position) == 'e' || at(position) == 'E') {
      position++;
      if (at(position) == '+' || at(position) == '-') {
        position++;
      }
      scanDigits();
      type = Type.DECIMAL;
    }
    to = position;
  }

  private void scanDigits() {
    int start = position;
    while (at(position) >= '0' && at(position) <= '9') {
      position++;
    }
    if (position == start) {
      throw NotPlain.INSTANCE;
    }
  }

  /** The byte there; past the end one that is nowhere in a number. */
  private byte at(int index) {
    return index < json.length ? json[index] : 0;
  }

  /** The next byte that is not blank. */
  private byte next() {
    while (position < json.length) {
      byte next = json[position++];
      if (!isBlank(next)) {
        return next;
      }
    }
    throw NotPlain.INSTANCE;
  }

  private static boolean isBlank(byte unit) {
    return unit == ' ' || unit == '\n' || unit == '\r' || unit == '\t';
  }

  /** Short texts that were met lately, so that one that comes again is not made again. */
  private static final class RecentTexts {

    private static final int SLOTS = 1 << 13;
    private static final int LONGEST = 24;

    /** Odd, near 2^32 over the golden ratio: its product's upper bits depend on all bits. */
    private static final int SCATTER = 0x9E3779B9;

    private final String[] texts = new String[SLOTS];

    String of(byte[] utf8, int from, int to) {
      int length = to - from;
      if (length > LONGEST) {
        return new String(utf8, from, length, StandardCharsets.UTF_8);
      }
      int hash = 0;
      for (int i = from; i < to; i++) {
        hash = 31 * hash + utf8[i];
      }
      int slot = hash * SCATTER >>> Integer.numberOfLeadingZeros(SLOTS) + 1;
      String known = texts[slot];
      if (known == null || !isWritten(known, utf8, from, length)) {
        known = new String(utf8, from, length, StandardCharsets.UTF_8);
        texts[slot] = known;
      }
      return known;
    }

    /** Whether the bytes write this text, as far as that is plain to see: in ASCII. */
    private static boolean isWritten(String text, byte[] utf8, int from, int length) {
      if (text.length() != length) {
        return false;
      }
      for (int i = 0; i < length; i++) {
        if (text.charAt(i) != utf8[from + i]) {
          return false;
        }
      }
      return true;
    }
  }
}
