package io.tidewatch.pattern.customer;

import io.tidewatch.alert.Alert;
import io.tidewatch.pattern.MatchOperators;
import io.tidewatch.pattern.RunningPattern;
import java.util.List;

/** The operators of one rule as in the job, on RocksDB. */
final class CustomerPatternOperators implements RunningPattern<CustomerEvent> {

  private final CustomerPattern pattern;
  private final MatchOperators<CustomerEvent> operators;

  CustomerPatternOperators(CustomerPattern pattern) throws Exception {
    this(pattern, null);
  }

  private CustomerPatternOperators(CustomerPattern pattern, MatchOperators.Snapshot snapshot)
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

  @Override
  public void feed(CustomerEvent event) throws Exception {
    if (pattern.concerns(event)) {
      operators.feed(pattern instanceof JudgingPattern judging ? judging.judged(event) : event);
    }
  }

  @Override
  public void advanceTo(long watermark) throws Exception {
    operators.advanceTo(watermark);
  }

  @Override
  public List<Alert> alerts() {
    return operators.alerts();
  }

  @Override
  public RunningPattern.Start<CustomerEvent> checkpoint() throws Exception {
    MatchOperators.Snapshot snapshot = operators.snapshot();
    return () -> new CustomerPatternOperators(pattern, snapshot);
  }

  @Override
  public int remains() throws Exception {
    return operators.remains();
  }

  @Override
  public void close() throws Exception {
    operators.close();
  }
}
