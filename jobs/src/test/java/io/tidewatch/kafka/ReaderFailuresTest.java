package io.tidewatch.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.ingest.RawRecord;
import io.tidewatch.time.SetClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.ExceptionUtils;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReaderFailuresTest {

  private final Logger logger = (Logger) LogManager.getLogger(ReaderFailures.class);
  private final Log log = new Log();
  private final CountingContext context = new CountingContext();
  private final SetClock clock = new SetClock("2026-03-01T12:00:00Z");
  private final ReaderFailures failures = new ReaderFailures(context.getMetricGroup(), clock);

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.ERROR);
    logger.setAdditive(false);
  }

  @AfterEach
  void stopListening() {
    logger.removeAppender(log);
    logger.setLevel(null);
    logger.setAdditive(true);
  }

  @Test
  void theLogSaysWhereItFailedAndNothingOfTheRecord() {
    fail(7, new IllegalStateException("ann", new NumberFormatException("For input string: ann")));

    assertThat(log.messages)
        .containsExactly(
            "The reader of web failed at web-events-0@7 (not logged since the last one: 0)");
    assertThat(log.stacks.get(0))
        .contains("java.lang.IllegalStateException")
        .contains("Caused by: ", "java.lang.NumberFormatException")
        .contains("ReaderFailuresTest.theLogSaysWhereItFailedAndNothingOfTheRecord")
        .doesNotContain("ann");
  }

  @Test
  void eachCountsAndOneAMinuteIsLogged() {
    fail(0);
    fail(1);
    clock.passes(Duration.ofMinutes(1).minusMillis(1));
    fail(2);
    assertThat(log.messages).hasSize(1);

    clock.passes(Duration.ofMillis(1));
    fail(3);
    fail(4);
    assertThat(log.messages)
        .hasSize(2)
        .last()
        .isEqualTo("The reader of web failed at web-events-0@3 (not logged since the last one: 2)");

    clock.passes(Duration.ofHours(1));
    fail(5);
    assertThat(log.messages).last().asString().contains("0@5 (not logged since the last one: 1)");
    assertThat(context.count("reader_failures")).isEqualTo(6);
  }

  private void fail(long offset) {
    fail(offset, new IllegalStateException());
  }

  private void fail(long offset, RuntimeException failure) {
    failures.accept(
        new RawRecord("web", "web-events", 0, offset, clock.instant(), "ann".getBytes()), failure);
  }

  /** What was logged, and with it the stack as a log shows it. */
  private static final class Log extends AbstractAppender {

    private final List<String> messages = new ArrayList<>();
    private final List<String> stacks = new ArrayList<>();

    private Log() {
      super("log", null, null, false, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      messages.add(event.getMessage().getFormattedMessage());
      stacks.add(ExceptionUtils.stringifyException(event.getThrown()));
    }
  }
}
