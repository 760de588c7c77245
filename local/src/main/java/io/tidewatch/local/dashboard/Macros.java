package io.tidewatch.local.dashboard;

import static java.util.stream.Collectors.joining;

import io.tidewatch.clickhouse.SqlText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes plain SQL of a dashboard's, as Grafana and its ClickHouse data source do: {@code
 * $__conditionalAll} first, then variables, then the macros of time.
 *
 * <p>Variables stand as {@code ${name:singlequote}} or {@code ${name}}, which are the same, or as
 * {@code ${name:raw}}. Other than Grafana it escapes backslashes too, so that no value gets out of
 * its quotes.
 */
public final class Macros {

  private static final String CONDITIONAL_ALL = "$__conditionalAll";
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{(?<braced>\\w+)(?::(?<format>\\w+))?}|\\$(?<bare>(?!__)\\w+)");
  private static final Pattern MACRO = Pattern.compile("\\$__(\\w+)");

  private final TimeRange range;
  private final Duration interval;
  private final Map<String, Selection> variables;

  /**
   * @param interval how far apart points are to be, see {@link TimeRange#interval}
   * @param variables what is chosen, by name
   */
  public Macros(TimeRange range, Duration interval, Map<String, Selection> variables) {
    this.range = range;
    this.interval = interval;
    this.variables = Map.copyOf(variables);
  }

  /**
   * SQL that ClickHouse understands.
   *
   * @throws IllegalArgumentException if there is no such variable, format or macro
   */
  public String expand(String sql) {
    return withTime(withVariables(withConditions(sql)));
  }

  private String withConditions(String sql) {
    String text = sql;
    for (int at = text.lastIndexOf(CONDITIONAL_ALL);
        at >= 0;
        at = text.lastIndexOf(CONDITIONAL_ALL)) {
      Call call = Call.at(text, at + CONDITIONAL_ALL.length());
      if (call.arguments().size() != 2) {
        throw new IllegalArgumentException(CONDITIONAL_ALL + " takes a condition and a variable");
      }
      Matcher variable = VARIABLE.matcher(call.arguments().get(1));
      if (!variable.find()) {
        throw new IllegalArgumentException(call.arguments().get(1) + " is no variable");
      }
      String condition = selection(nameOf(variable)).all() ? "1=1" : call.arguments().get(0);
      text = text.substring(0, at) + condition + text.substring(call.end());
    }
    return text;
  }

  private String withVariables(String sql) {
    return VARIABLE.matcher(sql).replaceAll(found -> Matcher.quoteReplacement(value(found)));
  }

  private String value(MatchResult found) {
    String braced = found.group(1);
    List<String> values = selection(braced == null ? found.group(3) : braced).values();
    String format = found.group(2) == null ? "singlequote" : found.group(2);
    return switch (format) {
      case "singlequote" ->
          values.isEmpty() ? "''" : values.stream().map(SqlText::literal).collect(joining(","));
      case "raw" -> String.join(",", values);
      default -> throw new IllegalArgumentException("the format " + format + " is not known");
    };
  }

  private static String nameOf(Matcher variable) {
    String braced = variable.group("braced");
    return braced == null ? variable.group("bare") : braced;
  }

  private Selection selection(String name) {
    Selection selection = variables.get(name);
    if (selection == null) {
      throw new IllegalArgumentException("there is no variable " + name);
    }
    return selection;
  }

  private String withTime(String sql) {
    StringBuilder text = new StringBuilder();
    Matcher macro = MACRO.matcher(sql);
    int done = 0;
    while (macro.find(done)) {
      text.append(sql, done, macro.start());
      String name = macro.group(1);
      Function<List<String>, String> ofColumns = ofColumns(name);
      if (ofColumns == null) {
        text.append(constant(name));
        done = macro.end();
      } else {
        Call call = Call.at(sql, macro.end());
        text.append(ofColumns.apply(call.arguments()));
        done = call.end();
      }
    }
    return text.append(sql.substring(done)).toString();
  }

  private Function<List<String>, String> ofColumns(String macro) {
    return switch (macro) {
      case "timeFilter" -> columns -> between(columns.get(0), seconds());
      case "timeFilter_ms" -> columns -> between(columns.get(0), milliseconds());
      case "dateFilter" -> columns -> between(columns.get(0), days());
      case "dateTimeFilter", "dt" ->
          columns -> between(columns.get(0), days()) + " AND " + between(columns.get(1), seconds());
      case "timeInterval" ->
          columns ->
              "toStartOfInterval(toDateTime(%s), INTERVAL %d second)"
                  .formatted(columns.get(0), Math.max(1, interval.toSeconds()));
      case "timeInterval_ms" ->
          columns ->
              "toStartOfInterval(toDateTime64(%s, 3), INTERVAL %d millisecond)"
                  .formatted(columns.get(0), Math.max(1, interval.toMillis()));
      default -> null;
    };
  }

  private String constant(String macro) {
    return switch (macro) {
      case "fromTime" -> seconds().from();
      case "toTime" -> seconds().to();
      case "fromTime_ms" -> milliseconds().from();
      case "toTime_ms" -> milliseconds().to();
      case "interval_s" -> Long.toString(Math.max(1, interval.toSeconds()));
      default -> throw new IllegalArgumentException("there is no macro $__" + macro);
    };
  }

  private static String between(String column, Ends ends) {
    return "%s >= %s AND %s <= %s".formatted(column, ends.from(), column, ends.to());
  }

  private Ends seconds() {
    return new Ends(
        "toDateTime(%d)".formatted(range.from().getEpochSecond()),
        "toDateTime(%d)".formatted(range.to().getEpochSecond()));
  }

  private Ends milliseconds() {
    return new Ends(
        "fromUnixTimestamp64Milli(%d)".formatted(range.from().toEpochMilli()),
        "fromUnixTimestamp64Milli(%d)".formatted(range.to().toEpochMilli()));
  }

  private Ends days() {
    return new Ends(
        "toDate('%s')".formatted(range.from().toString().substring(0, 10)),
        "toDate('%s')".formatted(range.to().toString().substring(0, 10)));
  }

  private record Ends(String from, String to) {}

  /**
   * The arguments of a macro.
   *
   * @param end where it ends, after the bracket
   */
  private record Call(List<String> arguments, int end) {

    static Call at(String sql, int open) {
      if (open >= sql.length() || sql.charAt(open) != '(') {
        throw new IllegalArgumentException(
            "expected a bracket after '" + sql.substring(Math.max(0, open - 20), open) + "'");
      }
      List<String> arguments = new ArrayList<>();
      int depth = 0;
      int begin = open + 1;
      for (int i = open; i < sql.length(); i++) {
        char c = sql.charAt(i);
        if (c == '(') {
          depth++;
        } else if (c == ')' && --depth == 0) {
          arguments.add(sql.substring(begin, i).strip());
          return new Call(arguments, i + 1);
        } else if (c == ',' && depth == 1) {
          arguments.add(sql.substring(begin, i).strip());
          begin = i + 1;
        }
      }
      throw new IllegalArgumentException("a bracket is not closed in: " + sql.substring(open));
    }
  }
}
