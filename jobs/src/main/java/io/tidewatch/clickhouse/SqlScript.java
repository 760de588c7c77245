package io.tidewatch.clickhouse;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of SQL statements. A statement ends with a semicolon at the end of its line; lines that
 * begin with two dashes are comments.
 */
final class SqlScript {

  private static final Pattern END_OF_STATEMENT = Pattern.compile(";[ \t]*(?:\n|$)");

  private SqlScript() {}

  static List<String> statements(String script) {
    String code =
        script
            .lines()
            .filter(line -> !line.stripLeading().startsWith("--"))
            .collect(Collectors.joining("\n"));
    return Stream.of(END_OF_STATEMENT.split(code))
        .map(String::strip)
        .filter(statement -> !statement.isEmpty())
        .toList();
  }
}
