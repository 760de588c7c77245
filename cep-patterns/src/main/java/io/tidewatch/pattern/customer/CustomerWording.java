package io.tidewatch.pattern.customer;

import io.tidewatch.pattern.EventWording;
import java.time.Instant;
import java.util.Map;

/** How customers, money and times are written in alerts. */
public interface CustomerWording extends EventWording {

  /** The series of a customer, as metrics name it. */
  default String series(String customerId) {
    return series(Map.of("customer_id", customerId));
  }

  /** Such as {@code 2 Mar}. */
  String day(Instant time);
}
