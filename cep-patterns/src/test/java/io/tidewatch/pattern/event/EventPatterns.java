package io.tidewatch.pattern.event;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Severity;
import io.tidewatch.pattern.EventWording;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Patterns to test with. */
final class EventPatterns {

  private EventPatterns() {}

  static EventPattern of(EventPatternParameters parameters) {
    AlertProfile profile =
        new AlertProfile(
            "watched", parameters.pattern(), Severity.HIGH, List.of("people"), List.of(), "");
    return parameters.watching(profile, new PlainWording());
  }

  private record PlainWording() implements EventWording {

    @Override
    public String series(Map<String, String> dimensions) {
      Map.Entry<String, String> only = dimensions.entrySet().iterator().next();
      return only.getKey() + "=" + only.getValue();
    }

    @Override
    public String money(BigDecimal amount) {
      return amount.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }

    @Override
    public String moment(Instant time) {
      return "at "
          + DateTimeFormatter.ofPattern("HH:mm 'on' d MMM", Locale.ENGLISH)
              .withZone(ZoneOffset.UTC)
              .format(time);
    }

    @Override
    public String length(Duration duration) {
      return duration.toMinutes() + " min";
    }
  }
}
