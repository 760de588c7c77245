package io.tidewatch.rules;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.Figures;
import io.tidewatch.anomaly.Assessment;
import io.tidewatch.anomaly.Explanation;
import io.tidewatch.event.Event;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.SeriesKey;
import io.tidewatch.metrics.Unit;
import io.tidewatch.time.DurationWords;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says in words what an alert is about, in local time. */
public final class Sentences implements Serializable {

  private static final int HOURS_OF_DAY = 24;

  private final ZoneId zone;

  public Sentences(ZoneId zone) {
    this.zone = zone;
  }

  /** Such as: api_error_rate was 12.3 % from 10:04 to 10:05 on 2 Mar; the limit is 5 %. */
  String breach(MetricRule rule, MetricWindow window, Judgement judgement) {
    return judgement.assessment() == null
        ? measured(rule, window) + "; " + expectation(rule, judgement.figures()) + '.'
        : anomaly(rule, window, judgement.assessment());
  }

  /**
   * Such as: api_requests from 09:00 to 10:00 on 2 Mar: 412; 180–260 expected for Monday 09:00;
   * nothing near it seen before.
   */
  private String anomaly(MetricRule rule, MetricWindow window, Assessment assessment) {
    return rule.metric()
        + subject(window.series())
        + ' '
        + span(window.windowStart(), window.windowEnd())
        + ": "
        + new Explanation(value -> figure(rule.unit(), value))
            .of(assessment, hourOf(window.windowStart(), window.windowEnd()))
        + '.';
  }

  private String hourOf(Instant from, Instant to) {
    boolean isOfDays = Duration.between(from, to).toHours() >= HOURS_OF_DAY - 1;
    return moment(isOfDays ? "EEEE" : "EEEE HH:mm", from);
  }

  String recovery(MetricRule rule, MetricWindow window) {
    return "Over: " + measured(rule, window) + '.';
  }

  String windowEnded(Alert alert) {
    return "Its window is over. " + alert.summary();
  }

  /** Such as: payment.failed for customer_id cus_12 at 10:04:05 on 2 Mar. */
  String match(EventRule rule, Event event) {
    return event.type()
        + subject(rule.seriesOf(event))
        + " at "
        + moment("HH:mm:ss 'on' d MMM", event.time())
        + '.';
  }

  String quiet(EventRule rule, long matches, Duration quiet) {
    return "Over: no more for %s, after %d of %s."
        .formatted(DurationWords.of(quiet), matches, String.join(", ", typesOf(rule)));
  }

  String absence(String what, String series, Duration after, Instant last) {
    return "No %s%s for %s; the last was at %s."
        .formatted(
            what, subject(series), DurationWords.of(after), moment("HH:mm:ss 'on' d MMM", last));
  }

  String presence(String what, String series, Instant time) {
    return "Over: %s%s again at %s."
        .formatted(what, subject(series), moment("HH:mm:ss 'on' d MMM", time));
  }

  private String measured(MetricRule rule, MetricWindow window) {
    return rule.metric()
        + subject(window.series())
        + " was "
        + figure(rule.unit(), window.value())
        + ' '
        + span(window.windowStart(), window.windowEnd());
  }

  private static String expectation(MetricRule rule, Figures figures) {
    String threshold = "the limit is " + figure(rule.unit(), figures.threshold());
    return figures.baseline() == null
        ? threshold
        : "usual is " + figure(rule.unit(), figures.baseline()) + ", " + threshold;
  }

  static String subject(String series) {
    if (series.isEmpty()) {
      return "";
    }
    return SeriesKey.parse(series).entrySet().stream()
        .map(
            entry ->
                entry.getKey() + ' ' + (entry.getValue().isEmpty() ? "(none)" : entry.getValue()))
        .collect(Collectors.joining(", ", " for ", ""));
  }

  String span(Instant from, Instant to) {
    Duration length = Duration.between(from, to);
    if (length.toHours() < HOURS_OF_DAY - 1) {
      return "from %s to %s".formatted(moment("HH:mm", from), moment("HH:mm 'on' d MMM", to));
    }
    if (length.toHours() <= HOURS_OF_DAY + 1) {
      return "on " + moment("EEEE d MMM", from);
    }
    return "from %s to %s".formatted(moment("d MMM", from), moment("d MMM", to.minusMillis(1)));
  }

  String moment(String pattern, Instant instant) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(zone).format(instant);
  }

  private static Iterable<String> typesOf(EventRule rule) {
    return rule.events().isAny() ? List.of("events") : rule.events().types();
  }

  static String figure(Unit unit, double value) {
    return switch (unit) {
      case RATIO -> number(value * 100, 2) + " %";
      case PERCENT -> number(value, 2) + " %";
      case MILLISECONDS -> number(value, 0) + " ms";
      case SECONDS -> number(value, 1) + " s";
      case MINUTES -> number(value, 1) + " min";
      case HOURS -> number(value, 1) + " h";
      case DAYS -> number(value, 1) + " days";
      case CURRENCY -> money(value);
      case COUNT, SCORE -> number(value, 2);
    };
  }

  private static String money(double value) {
    // each payment of a customer is worded, with nothing to group in most; the formatter is slow
    return Math.abs(value) < 999
        ? BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).toPlainString()
        : String.format(Locale.ENGLISH, "%,.2f", value);
  }

  private static String number(double value, int decimals) {
    NumberFormat format = NumberFormat.getInstance(Locale.ENGLISH);
    format.setMaximumFractionDigits(decimals);
    return format.format(value);
  }
}
