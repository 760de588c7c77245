package io.tidewatch.local.preview;

import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.local.dashboard.DashboardFile;
import io.tidewatch.local.dashboard.Macros;
import io.tidewatch.local.dashboard.Selection;
import io.tidewatch.local.dashboard.TimeRange;
import io.tidewatch.local.dashboard.VariableQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What can be chosen of a dashboard's variables, and what is.
 *
 * <p>A choice counts only where the variable's own query gives it: nothing else gets into SQL.
 * Answers are kept for half a minute, for every panel asks for them.
 */
final class VariableValues {

  /** What stands for all values in Grafana's addresses. */
  static final String ALL = "$__all";

  private static final Duration KEPT = Duration.ofSeconds(30);
  private static final int MOST_KEPT = 100;

  private final ClickHouseClient clickHouse;
  private final InstantSource clock;
  private final Map<String, Options> kept =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Options> eldest) {
          return size() > MOST_KEPT;
        }
      };

  VariableValues(ClickHouseClient clickHouse, InstantSource clock) {
    this.clickHouse = clickHouse;
    this.clock = clock;
  }

  /** What can be chosen of one variable, given what is chosen of those before it. */
  List<String> options(
      DashboardFile dashboard,
      VariableQuery variable,
      TimeRange range,
      Function<String, List<String>> chosen) {
    List<VariableQuery> all = dashboard.variables();
    Map<String, Selection> before =
        selections(all.subList(0, all.indexOf(variable)), range, chosen);
    return options(variable, range, before);
  }

  /**
   * What is chosen of each variable.
   *
   * @param chosen the values of a variable's name; none, or {@link #ALL}, for all
   * @throws Problem where one is chosen that is not to be had
   */
  Map<String, Selection> selections(
      List<VariableQuery> variables, TimeRange range, Function<String, List<String>> chosen) {
    Map<String, Selection> selections = new LinkedHashMap<>();
    for (VariableQuery variable : variables) {
      List<String> options = options(variable, range, selections);
      selections.put(variable.name(), selection(variable, options, chosen.apply(variable.name())));
    }
    return selections;
  }

  private static Selection selection(
      VariableQuery variable, List<String> options, List<String> chosen) {
    if (chosen.isEmpty() || chosen.equals(List.of(ALL))) {
      return Selection.all(options);
    }
    chosen.stream()
        .filter(value -> !options.contains(value))
        .findFirst()
        .ifPresent(
            value -> {
              throw Problem.badRequest(
                  "'%s' is no value of the variable %s.".formatted(value, variable.name()));
            });
    return new Selection(chosen, false);
  }

  private List<String> options(
      VariableQuery variable, TimeRange range, Map<String, Selection> before) {
    String sql = new Macros(range, Duration.ofSeconds(1), before).expand(variable.sql());
    synchronized (kept) {
      Options known = kept.get(sql);
      if (known != null && clock.instant().isBefore(known.since().plus(KEPT))) {
        return known.values();
      }
    }
    List<String> values =
        clickHouse.query(sql).stream().map(row -> row.values().iterator().next()).toList();
    synchronized (kept) {
      kept.put(sql, new Options(values, clock.instant()));
    }
    return values;
  }

  private record Options(List<String> values, Instant since) {}
}
