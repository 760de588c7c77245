package io.tidewatch.pattern;

import java.io.Serializable;
import java.time.Instant;

/** How figures, times and series of one metric are written in sentences. */
public interface Wording extends Serializable {

  /** With its unit, such as {@code 12.3 %}. */
  String figure(double value);

  /** Such as {@code from 10:04 to 10:05}. */
  String span(Instant from, Instant to);

  /** Such as {@code for endpoint /quantize}, after a space; empty for the total. */
  String subject(String series);
}
