package io.tidewatch.rules;

import io.tidewatch.metrics.Unit;
import io.tidewatch.pattern.Wording;
import java.time.Instant;
import java.time.ZoneId;

/** Writes the figures of a metric as all sentences of rules do. */
public final class MetricWording implements Wording {

  private final Unit unit;
  private final Sentences sentences;

  public MetricWording(Unit unit, ZoneId zone) {
    this.unit = unit;
    this.sentences = new Sentences(zone);
  }

  @Override
  public String figure(double value) {
    return Sentences.figure(unit, value);
  }

  @Override
  public String span(Instant from, Instant to) {
    return sentences.span(from, to);
  }

  @Override
  public String subject(String series) {
    return Sentences.subject(series);
  }
}
