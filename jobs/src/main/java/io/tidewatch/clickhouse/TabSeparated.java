package io.tidewatch.clickhouse;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads ClickHouse's format TabSeparatedWithNames. */
final class TabSeparated {

  private static final String NULL = "\\N";

  private TabSeparated() {}

  static List<Map<String, String>> rows(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> lines = Stream.of(text.split("\n", -1)).toList();
    List<String> names = Stream.of(fields(lines.get(0))).map(TabSeparated::unescape).toList();
    return lines.subList(1, lines.size() - 1).stream().map(line -> row(names, line)).toList();
  }

  private static Map<String, String> row(List<String> names, String line) {
    String[] fields = fields(line);
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i++) {
      row.put(names.get(i), fields[i].equals(NULL) ? null : unescape(fields[i]));
    }
    return Collections.unmodifiableMap(row);
  }

  private static String[] fields(String line) {
    return line.split("\t", -1);
  }

  private static String unescape(String field) {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    StringBuilder text = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      text.append(c == '\\' ? escaped(field.charAt(++i)) : c);
    }
    return text.toString();
  }

  private static char escaped(char c) {
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '0' -> '\0';
      default -> c;
    };
  }
}
