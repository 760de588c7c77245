package io.tidewatch.pattern.customer;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Severity;
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
final class CustomerPatterns {

  private CustomerPatterns() {}

  static CustomerPattern of(CustomerPatternParameters parameters) {
    AlertProfile profile =
        new AlertProfile(
            "watched", parameters.pattern(), Severity.HIGH, List.of("people"), List.of(), "");
    return parameters.watching(profile, new PlainWording());
  }

  private record PlainWording() implements CustomerWording {

    @Override
    public String series(Map<String, String> dimensions) {
      return "customer_id=" + dimensions.get("customer_id");
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
      return duration.toDays() + " days";
    }

    private static String format(String pattern, Instant time) {
      return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
          .withZone(ZoneOffset.UTC)
          .format(time);
    }
  }
}
