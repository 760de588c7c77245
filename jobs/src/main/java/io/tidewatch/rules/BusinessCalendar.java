package io.tidewatch.rules;

import io.tidewatch.alert.MuteWindow;
import io.tidewatch.config.Problems;
import io.tidewatch.config.YamlFile;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The days and hours of {@code calendar.yaml}, that rules speak of.
 *
 * @param mutes recurring windows, by name
 */
public record BusinessCalendar(Holidays holidays, Map<String, MuteWindow> mutes)
    implements Serializable {

  public static final BusinessCalendar EMPTY = new BusinessCalendar(Holidays.NONE, Map.of());

  public BusinessCalendar {
    mutes = Map.copyOf(mutes);
  }

  /** Reads the file; where there is none it is empty. Every mistake becomes a problem. */
  public static BusinessCalendar load(Path file, Problems problems) {
    return Files.notExists(file)
        ? EMPTY
        : YamlFile.read(file, Map.of(), problems, CalendarReader::read).orElse(EMPTY);
  }
}
