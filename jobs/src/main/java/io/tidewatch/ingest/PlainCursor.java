package io.tidewatch.ingest;

import java.io.IOException;

/**
 * Records as most producers write them: JSON objects of few levels, without arrays, escapes or
 * names that occur twice. It takes nothing that is not JSON, and leaves everything else, also the
 * question what is wrong with a record, to {@link StrictCursor}. It makes hardly an object but the
 * texts.
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

  /** Longer numbers are hardly the same twice. */
  private static final int COMMON_DIGITS = 4;

  /** Of a long, whatever they are. */
  private static final int SAFE_DIGITS = 18;

  private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x80 * EACH_BYTE;
  private static final long UPPER_HALVES = 0xF0 * EACH_BYTE;

  private final CommonTexts commonTexts = new CommonTexts();

  /**
   * The names met so far, and after them those of the record before: the next name mostly is the
   * one that came at its place.
   */
  private final String[] names = new String[MEMBERS];

  /** By name: how it stands in a record, with what mostly follows: a quote and a colon. */
  private final WrittenText[] writtenNames = new WrittenText[MEMBERS];

  /** By name: the object it is of, which is the number of names met before that was entered. */
  private final int[] objects = new int[MEMBERS];

  private int named;

  /** So many of the names are those of the record before, among which none is twice. */
  private int repeatable;

  /** Whether all names so far have been those of the record before. */
  private boolean repeats;

  /** By level: which object is open there. */
  private final int[] open = new int[LEVELS];

  private int level;
  private byte[] json;
  private int position;
  private Type type;
  private int from;
  private int to;

  /** Whether the text that stands here is known to be clean. */
  private boolean clean;

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
    repeatable = named;
    repeats = true;
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
    String name = name();
    begun = true;
    scanValue();
    return name;
  }

  /** The position is after the opening quote, and then after the colon. */
  private String name() {
    if (named == MEMBERS) {
      throw NotPlain.INSTANCE;
    }
    String name = names[named];
    if (name != null && writtenNames[named].isAt(position, json)) {
      position += writtenNames[named].length();
    } else {
      scanText();
      name = commonTexts.of(json, from, to);
      repeats = false;
      if (next() != ':') {
        throw NotPlain.INSTANCE;
      }
      if (!name.equals(names[named])) {
        names[named] = name;
        writtenNames[named] = new WrittenText(name + "\":");
      }
    }
    int object = open[level];
    repeats &= named < repeatable && objects[named] == object;
    if (!repeats) {
      requireNew(name, object);
    }
    objects[named] = object;
    named++;
    return name;
  }

  private void requireNew(String name, int object) {
    for (int i = object; i < named; i++) {
      if (objects[i] == object && names[i].equals(name)) {
        throw NotPlain.INSTANCE;
      }
    }
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public String text() {
    return CommonTexts.textOf(json, from, to);
  }

  @Override
  public String commonText() {
    return type == Type.TEXT || to - from <= COMMON_DIGITS
        ? commonTexts.of(json, from, to)
        : text();
  }

  @Override
  public boolean isClean() {
    return clean;
  }

  @Override
  public long integer() throws IOException {
    boolean negative = json[from] == '-';
    int first = negative ? from + 1 : from;
    if (to - first > SAFE_DIGITS) {
      return JsonCursor.super.integer();
    }
    long integer = 0;
    for (int i = first; i < to; i++) {
      integer = 10 * integer + json[i] - '0';
    }
    return negative ? -integer : integer;
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
    open[level] = named;
    begun = false;
  }

  private void scanValue() {
    byte first = next();
    clean = true;
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
    long doubts = 0;
    for (; end <= json.length - Long.BYTES; end += Long.BYTES) {
      long bytes = Words.at(end, json);
      long doubtful = (are('@', bytes) | are('%', bytes) | bytes) & HIGH_BITS;
      long ends = (are('"', bytes) | are('\\', bytes) | areBelow(' ', bytes)) & HIGH_BITS;
      if (ends != 0) {
        long before = (ends & -ends) - 1;
        end += Long.numberOfTrailingZeros(ends) / Byte.SIZE;
        endText(end, doubts | doubtful & before);
        return;
      }
      doubts |= doubtful;
    }
    for (; end < json.length; end++) {
      byte unit = json[end];
      if (unit == '"' || unit == '\\' || unit >= 0 && unit < ' ') {
        endText(end, doubts);
        return;
      }
      doubts |= unit == '@' || unit == '%' || unit < 0 ? 1 : 0;
    }
    throw NotPlain.INSTANCE;
  }

  private void endText(int end, long doubts) {
    if (json[end] != '"') {
      throw NotPlain.INSTANCE;
    }
    clean = doubts == 0;
    to = end;
    position = end + 1;
  }

  /** The high bits of those bytes that are the character; above the first, also of others. */
  private static long are(char character, long bytes) {
    long different = bytes ^ character * EACH_BYTE;
    return different - EACH_BYTE & ~different;
  }

  /** The high bits of those bytes that are below the character; above the first, also of others. */
  private static long areBelow(char character, long bytes) {
    return bytes - character * EACH_BYTE & ~bytes;
  }

  /** Bits of those bytes that are no digits; above the first, also of others. */
  private static long noDigits(long bytes) {
    long below = bytes & UPPER_HALVES ^ '0' * EACH_BYTE;
    long above = bytes + (0x3F - '9') * EACH_BYTE & UPPER_HALVES ^ '0' * EACH_BYTE;
    return below | above;
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
    int end = position - 1;
    from = end;
    type = Type.INTEGER;
    if (at(end) == '-') {
      end++;
    }
    end = at(end) == '0' ? end + 1 : endOfDigits(end);
    if (at(end) == '.') {
      end = endOfDigits(end + 1);
      type = Type.DECIMAL;
    }
    if (at(end) == 'e' || at(end) == 'E') {
      end++;
      if (at(end) == '+' || at(end) == '-') {
        end++;
      }
      end = endOfDigits(end);
      type = Type.DECIMAL;
    }
    to = end;
    position = end;
  }

  private int endOfDigits(int start) {
    byte[] json = this.json;
    int end = start;
    for (; end <= json.length - Long.BYTES; end += Long.BYTES) {
      long others = noDigits(Words.at(end, json));
      if (others != 0) {
        return requireDigits(start, end + Long.numberOfTrailingZeros(others) / Byte.SIZE);
      }
    }
    while (end < json.length && json[end] >= '0' && json[end] <= '9') {
      end++;
    }
    return requireDigits(start, end);
  }

  /** The end, before which there must be a digit. */
  private static int requireDigits(int start, int end) {
    if (end == start) {
      throw NotPlain.INSTANCE;
    }
    return end;
  }

  /** The byte there; past the end one that is nowhere in a number. */
  private byte at(int index) {
    return index < json.length ? json[index] : 0;
  }

  /** The next byte that is not blank. */
  private byte next() {
    byte[] json = this.json;
    for (int i = position; i < json.length; i++) {
      if (!isBlank(json[i])) {
        position = i + 1;
        return json[i];
      }
    }
    throw NotPlain.INSTANCE;
  }

  private static boolean isBlank(byte unit) {
    return unit <= ' ' && (unit == ' ' || unit == '\n' || unit == '\r' || unit == '\t');
  }
}
