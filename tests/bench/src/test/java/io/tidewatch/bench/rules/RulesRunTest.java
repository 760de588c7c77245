package io.tidewatch.bench.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small run of what is measured. */
class RulesRunTest {

  private static final Path CONF =
      Path.of(System.getProperty("tidewatch.home", "../.."), "flink-conf");

  @TempDir private Path directory;

  @Test
  void judgesEachWindow() throws Exception {
    RulesRun.Load load = new RulesRun.Load(20, 4, 40, 3);
    assertThat(load.rulesPerWindow()).isEqualTo(5);
    assertThat(RulesRun.measure(CONF, directory, load))
        .isPositive()
        .isLessThan(Duration.ofHours(1));
  }
}
