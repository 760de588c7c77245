package io.tidewatch.local.rules;

import io.tidewatch.local.UserException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;

/** Moments as people type them. */
public final class Moment {

  private Moment() {}

  /**
   * Reads a day, which begins at local midnight; a local time; or a time with its offset.
   *
   * @throws UserException if it is none of them
   */
  public static Instant parse(String text, ZoneId zone) {
    List<Function<String, Instant>> forms =
        List.of(
            day -> LocalDate.parse(day).atStartOfDay(zone).toInstant(),
            time -> LocalDateTime.parse(time.replace(' ', 'T')).atZone(zone).toInstant(),
            time -> OffsetDateTime.parse(time).toInstant());
    for (Function<String, Instant> form : forms) {
      try {
        return form.apply(text);
      } catch (DateTimeException next) {
        continue;
      }
    }
    throw new UserException(
        "Expected a time such as 2026-03-02, 2026-03-02T10:00 or 2026-03-02T10:00:00Z, not '%s'."
            .formatted(text));
  }
}
