package io.tidewatch.local.engine;

import java.util.Arrays;
import java.util.Optional;

/**
 * An INSERT that carries its data: {@code INSERT … VALUES …} or {@code INSERT … FORMAT X …}.
 *
 * @param statement the whole statement
 * @param headLength where the part that names table and columns ends
 * @param dataStart where the data start
 * @param format the ClickHouse format of the data
 */
record InsertStatement(byte[] statement, int headLength, int dataStart, String format) {

  /** Empty for any other statement, {@code INSERT … SELECT} included. */
  static Optional<InsertStatement> parse(byte[] statement) {
    SqlWords words = new SqlWords(statement);
    if (!words.next() || !words.is("INSERT")) {
      return Optional.empty();
    }
    while (words.next() && !words.is("SELECT") && !words.is("WITH")) {
      int headLength = words.start();
      if (words.is("VALUES")) {
        return Optional.of(new InsertStatement(statement, headLength, words.end(), "Values"));
      }
      if (words.is("FORMAT") && words.next()) {
        int dataStart = afterLine(statement, words.end());
        return Optional.of(new InsertStatement(statement, headLength, dataStart, words.word()));
      }
    }
    return Optional.empty();
  }

  byte[] head() {
    return Arrays.copyOf(statement, headLength);
  }

  int dataLength() {
    return statement.length - dataStart;
  }

  /** Blanks after the format's name and one line break are not data. */
  private static int afterLine(byte[] statement, int from) {
    int position = from;
    while (position < statement.length
        && (statement[position] == ' '
            || statement[position] == '\t'
            || statement[position] == '\r')) {
      position++;
    }
    return position < statement.length && statement[position] == '\n' ? position + 1 : position;
  }
}
