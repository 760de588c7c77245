package io.tidewatch.pattern;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Severity;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Patterns to test with. */
final class Patterns {

  private Patterns() {}

  static MetricSpike spike(MetricSpike.Parameters parameters) {
    return new MetricSpike(
        profile("errors_spike", MetricSpike.NAME),
        new WatchedMetric("api_errors", "1m", new PlainMetricWording("HH:mm")),
        parameters);
  }

  /** Three minutes above twice the usual of five, and above 5, within less than five minutes. */
  static MetricSpike spike() {
    return spike(new MetricSpike.Parameters(3, 2, 5, 5, 3, Duration.ofMinutes(5)));
  }

  static RevenueDrop drop(RevenueDrop.Parameters parameters) {
    return new RevenueDrop(
        profile("revenue_drop", RevenueDrop.NAME),
        new WatchedMetric("net_revenue", "1d", new PlainMetricWording("d MMM")),
        parameters);
  }

  /** Three declines by a tenth within less than five days, or below 70 % of last week. */
  static RevenueDrop drop() {
    return drop(new RevenueDrop.Parameters(3, 0.1, 0.7, 50, Duration.ofDays(5)));
  }

  private static AlertProfile profile(String rule, String pattern) {
    return new AlertProfile(rule, pattern, Severity.HIGH, List.of("people"), List.of(), "");
  }

  private record PlainMetricWording(String time) implements Wording {

    @Override
    public String figure(double value) {
      return NumberFormat.getInstance(Locale.ENGLISH).format(value);
    }

    @Override
    public String span(Instant from, Instant to) {
      DateTimeFormatter format =
          DateTimeFormatter.ofPattern(time, Locale.ENGLISH).withZone(ZoneOffset.UTC);
      return "from " + format.format(from) + " to " + format.format(to);
    }

    @Override
    public String subject(String series) {
      return series.isEmpty() ? "" : " for " + series;
    }
  }
}
