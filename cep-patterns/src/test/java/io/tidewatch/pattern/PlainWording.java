package io.tidewatch.pattern;

import io.tidewatch.pattern.customer.CustomerWording;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Words to test with: English, in UTC. */
public record PlainWording() implements CustomerWording {

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
    return "at " + format("HH:mm 'on' d MMM", time);
  }

  @Override
  public String day(Instant time) {
    return format("d MMM", time);
  }

  @Override
  public String length(Duration duration) {
    return duration.toDays() > 0 ? duration.toDays() + " days" : duration.toMinutes() + " min";
  }

  private static String format(String pattern, Instant time) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
        .withZone(ZoneOffset.UTC)
        .format(time);
  }
}
