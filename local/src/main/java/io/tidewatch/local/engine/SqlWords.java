package io.tidewatch.local.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Walks over the bare words of a statement: those outside quotes, comments and brackets. */
final class SqlWords {

  private final byte[] sql;
  private int start;
  private int end;

  SqlWords(byte[] sql) {
    this.sql = sql;
  }

  /** Moves to the next bare word; false where there is none. */
  boolean next() {
    int depth = 0;
    int position = end;
    while (position < sql.length) {
      byte character = sql[position];
      if (character == '\'' || character == '"' || character == '`') {
        position = afterQuoted(position);
      } else if (startsWith(position, "--")) {
        position = after(position, "\n");
      } else if (startsWith(position, "/*")) {
        position = after(position + 2, "*/");
      } else if (isWordPart(character)) {
        int wordEnd = afterWord(position);
        if (depth == 0) {
          start = position;
          end = wordEnd;
          return true;
        }
        position = wordEnd;
      } else {
        depth += character == '(' ? 1 : character == ')' ? -1 : 0;
        position++;
      }
    }
    return false;
  }

  boolean is(String word) {
    return word.length() == end - start && word.equalsIgnoreCase(word());
  }

  String word() {
    return new String(sql, start, end - start, US_ASCII);
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  private int afterQuoted(int open) {
    int position = open + 1;
    while (position < sql.length && sql[position] != sql[open]) {
      position += sql[position] == '\\' ? 2 : 1;
    }
    return position + 1;
  }

  private int afterWord(int from) {
    int position = from;
    while (position < sql.length && isWordPart(sql[position])) {
      position++;
    }
    return position;
  }

  private int after(int from, String mark) {
    int position = from;
    while (position < sql.length && !startsWith(position, mark)) {
      position++;
    }
    return position + mark.length();
  }

  private boolean startsWith(int position, String mark) {
    for (int i = 0; i < mark.length(); i++) {
      if (position + i >= sql.length || sql[position + i] != mark.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWordPart(byte character) {
    return character >= 'a' && character <= 'z'
        || character >= 'A' && character <= 'Z'
        || character >= '0' && character <= '9'
        || character == '_'
        || character == '.'
        || character < 0;
  }
}
