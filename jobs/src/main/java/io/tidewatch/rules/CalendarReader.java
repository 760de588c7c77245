package io.tidewatch.rules;

import io.tidewatch.alert.MuteWindow;
import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import io.tidewatch.rules.Holidays.Holiday;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code calendar.yaml}. */
final class CalendarReader {

  private CalendarReader() {}

  static BusinessCalendar read(YamlNode root) {
    YamlMap map = root.map();
    List<Holiday> holidays =
        map.optional("holidays").map(YamlNode::list).orElse(List.of()).stream()
            .map(node -> holiday(node.map()))
            .flatMap(Optional::stream)
            .toList();
    Map<String, MuteWindow> mutes = new LinkedHashMap<>();
    map.optional("mute")
        .map(YamlNode::map)
        .map(YamlMap::entries)
        .orElse(Map.of())
        .forEach((name, node) -> addMute(name, node, mutes));
    return new BusinessCalendar(new Holidays(holidays), mutes);
  }

  private static void addMute(String name, YamlNode node, Map<String, MuteWindow> mutes) {
    if (name.equals(MuteReader.HOLIDAYS)) {
      node.problem("'holidays' is what rules call the holidays themselves");
    }
    MuteReader.window(node).ifPresent(window -> mutes.put(name, window));
  }

  private static Optional<Holiday> holiday(YamlMap map) {
    Optional<String> name = map.required("name").flatMap(YamlNode::string);
    if (map.has("date") == (map.has("from") || map.has("to"))) {
      map.node().problem("expected either 'date', or 'from' and 'to'");
      return Optional.empty();
    }
    Optional<LocalDate> first =
        (map.has("date") ? map.optional("date") : map.required("from"))
            .flatMap(CalendarReader::date);
    Optional<LocalDate> last =
        map.has("date") ? first : map.required("to").flatMap(CalendarReader::date);
    if (name.isEmpty() || first.isEmpty() || last.isEmpty()) {
      return Optional.empty();
    }
    if (last.get().isBefore(first.get())) {
      map.node().problem("it ends before it begins");
    }
    return Optional.of(new Holiday(name.get(), first.get(), last.get()));
  }

  private static Optional<LocalDate> date(YamlNode node) {
    Optional<String> text = node.string();
    try {
      return text.map(LocalDate::parse);
    } catch (DateTimeParseException e) {
      node.problem("expected a date such as 2026-12-25, not '" + text.get() + "'");
      return Optional.empty();
    }
  }
}
