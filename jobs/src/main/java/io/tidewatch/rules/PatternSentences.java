package io.tidewatch.rules;

import io.tidewatch.metrics.SeriesKey;
import io.tidewatch.metrics.Unit;
import io.tidewatch.pattern.customer.CustomerWording;
import io.tidewatch.time.DurationWords;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Words what patterns of customers and of events have found as all sentences of rules do. */
record PatternSentences(Sentences sentences) implements CustomerWording {

  @Override
  public String series(Map<String, String> dimensions) {
    return SeriesKey.of(dimensions);
  }

  @Override
  public String money(BigDecimal amount) {
    return Sentences.figure(Unit.CURRENCY, amount.doubleValue());
  }

  @Override
  public String moment(Instant time) {
    return "at " + sentences.moment("HH:mm 'on' d MMM", time);
  }

  @Override
  public String day(Instant time) {
    return sentences.moment("d MMM", time);
  }

  @Override
  public String length(Duration duration) {
    return DurationWords.of(duration);
  }
}
