package io.tidewatch.kafka;

import io.tidewatch.ingest.RawRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the failures of a reader, and logs the first and then at most one a minute, each with how
 * many were left out since the one before.
 *
 * <p>The log says which record it was, what failed and where, and nothing that the record held.
 */
final class ReaderFailures implements BiConsumer<RawRecord, RuntimeException> {

  /** The metric that counts them. */
  static final String READER_FAILURES = "reader_failures";

  private static final Logger LOG = LoggerFactory.getLogger(ReaderFailures.class);
  private static final Duration LOGGED_EVERY = Duration.ofMinutes(1);

  private final Counter count;
  private final Clock clock;

  /** When the next may be logged. */
  private Instant notBefore = Instant.MIN;

  private long leftOut;

  ReaderFailures(MetricGroup metrics, Clock clock) {
    this.count = metrics.counter(READER_FAILURES);
    this.clock = clock;
  }

  @Override
  public void accept(RawRecord record, RuntimeException failure) {
    count.inc();
    Instant now = clock.instant();
    if (now.isBefore(notBefore)) {
      leftOut++;
      return;
    }
    LOG.error(
        "The reader of {} failed at {}-{}@{} (not logged since the last one: {})",
        record.source(),
        record.topic(),
        record.partition(),
        record.offset(),
        leftOut,
        withoutMessages(failure));
    leftOut = 0;
    notBefore = now.plus(LOGGED_EVERY);
  }

  /** Messages quote what they complain about. */
  private static Throwable withoutMessages(Throwable failure) {
    Throwable cause = failure.getCause();
    Throwable told =
        new Throwable(failure.getClass().getName(), cause == null ? null : withoutMessages(cause));
    told.setStackTrace(failure.getStackTrace());
    return told;
  }
}
