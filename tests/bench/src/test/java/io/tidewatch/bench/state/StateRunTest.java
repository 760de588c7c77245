package io.tidewatch.bench.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small run of what is measured. */
class StateRunTest {

  private static final Path CONF =
      Path.of(System.getProperty("tidewatch.home", "../.."), "flink-conf");

  @TempDir private Path directory;

  @Test
  void aMonthOfACustomerIsLessThanTwoKilobytes() throws Exception {
    StateRun.Result result = StateRun.measure(CONF, directory, new CustomerLives(500, 30));
    assertThat(result.bytesPerCustomer()).isBetween(500L, 2048L);
  }
}
