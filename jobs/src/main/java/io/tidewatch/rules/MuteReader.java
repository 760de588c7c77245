package io.tidewatch.rules;

import io.tidewatch.alert.MuteWindow;
import io.tidewatch.config.DidYouMean;
import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads when a rule is muted: windows such as {@code {days: [sat, sun], from: "22:00", to:
 * "06:00"}}, or the names of windows of the calendar.
 */
final class MuteReader {

  /** The name that all holidays of the calendar go by. */
  static final String HOLIDAYS = "holidays";

  private static final Map<String, DayOfWeek> DAYS =
      Arrays.stream(DayOfWeek.values())
          .collect(
              Collectors.toMap(
                  day ->
                      day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).toLowerCase(Locale.ROOT),
                  Function.identity()));

  private final BusinessCalendar calendar;

  MuteReader(BusinessCalendar calendar) {
    this.calendar = calendar;
  }

  List<MuteWindow> read(YamlNode node) {
    return node.listOrSingle().stream().flatMap(item -> one(item).stream()).toList();
  }

  private List<MuteWindow> one(YamlNode node) {
    return node.isScalar() ? named(node) : window(node).stream().toList();
  }

  private List<MuteWindow> named(YamlNode node) {
    String name = node.string().orElse("");
    if (name.equals(HOLIDAYS)) {
      return calendar.holidays().mutes();
    }
    MuteWindow window = calendar.mutes().get(name);
    if (window == null) {
      List<String> known = new ArrayList<>(calendar.mutes().keySet());
      known.add(HOLIDAYS);
      node.problem(
          "there is no '%s' under 'mute' of calendar.yaml%s"
              .formatted(name, DidYouMean.hint(name, known)));
    }
    return Optional.ofNullable(window).stream().toList();
  }

  /** Without days it is each day, without times the whole day. */
  static Optional<MuteWindow> window(YamlNode node) {
    YamlMap map = node.map();
    List<DayOfWeek> days =
        map.optional("days").map(YamlNode::listOrSingle).orElse(List.of()).stream()
            .map(day -> day.oneOf(DAYS.keySet().stream().sorted().toList()))
            .flatMap(Optional::stream)
            .map(DAYS::get)
            .toList();
    Optional<LocalTime> from = map.optional("from").flatMap(MuteReader::time);
    Optional<LocalTime> to = map.optional("to").flatMap(MuteReader::time);
    if (!map.has("days") && !map.has("from") && !map.has("to")) {
      node.problem("expected 'days', or 'from' and 'to', or all of them");
      return Optional.empty();
    }
    if (map.has("from") != map.has("to")) {
      node.problem("'from' and 'to' go together");
      return Optional.empty();
    }
    return Optional.of(
        MuteWindow.weekly(
            days.isEmpty() ? List.of(DayOfWeek.values()) : days,
            from.orElse(LocalTime.MIDNIGHT),
            to.orElse(LocalTime.MIDNIGHT)));
  }

  private static Optional<LocalTime> time(YamlNode node) {
    Optional<String> text = node.string();
    try {
      return text.map(LocalTime::parse);
    } catch (DateTimeParseException e) {
      node.problem("expected a time of the day such as \"22:00\", not '" + text.get() + "'");
      return Optional.empty();
    }
  }
}
