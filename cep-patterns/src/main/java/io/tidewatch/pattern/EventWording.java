package io.tidewatch.pattern;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** How series, money and times of events are written in alerts. */
public interface EventWording extends Serializable {

  /** The series of these dimensions, as metrics name it. */
  String series(Map<String, String> dimensions);

  /** Such as {@code 1,200.00}. */
  String money(BigDecimal amount);

  /** Such as {@code at 10:04:05 on 2 Mar}. */
  String moment(Instant time);

  /** Such as {@code 3 days}. */
  String length(Duration duration);
}
