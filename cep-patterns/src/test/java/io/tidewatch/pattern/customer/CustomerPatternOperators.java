package io.tidewatch.pattern.customer;

import io.tidewatch.alert.Alert;
import io.tidewatch.pattern.MatchOperators;
import java.util.List;

/** The operators of one rule as in the job, on RocksDB. */
final class CustomerPatternOperators implements AutoCloseable {

  private final CustomerPattern pattern;
  private final MatchOperators<CustomerEvent> operators;

  CustomerPatternOperators(CustomerPattern pattern) throws Exception {
    this(pattern, null);
  }

  CustomerPatternOperators(CustomerPattern pattern, MatchOperators.Snapshot snapshot)
      throws Exception {
    this.pattern = pattern;
    operators =
        new MatchOperators<>(
            pattern,
            CustomerEvent.class,
            CustomerEvent::customerId,
            event -> event.knownAt().toEpochMilli(),
            snapshot);
  }

  void feed(CustomerEvent event) throws Exception {
    if (pattern.concerns(event)) {
      operators.feed(event);
    }
  }

  /** Everything up to this time has come. */
  void advanceTo(long watermark) throws Exception {
    operators.advanceTo(watermark);
  }

  List<Alert> alerts() {
    return operators.alerts();
  }

  MatchOperators.Snapshot snapshot() throws Exception {
    return operators.snapshot();
  }

  /** Entries of state and timers in both operators. */
  int remains() throws Exception {
    return operators.remains();
  }

  @Override
  public void close() throws Exception {
    operators.close();
  }
}
