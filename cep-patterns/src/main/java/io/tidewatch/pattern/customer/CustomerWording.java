package io.tidewatch.pattern.customer;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** How customers, money and times are written in alerts. */
public interface CustomerWording extends Serializable {

  /** The series of a customer, as metrics name it. */
  String series(String customerId);

  /** Such as {@code 1,200.00}. */
  String money(BigDecimal amount);

  /** Such as {@code at 10:04:05 on 2 Mar}. */
  String moment(Instant time);

  /** Such as {@code 2 Mar}. */
  String day(Instant time);

  /** Such as {@code 3 days}. */
  String length(Duration duration);
}
