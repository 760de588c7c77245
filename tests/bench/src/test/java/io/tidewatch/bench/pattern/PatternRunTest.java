package io.tidewatch.bench.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Small runs of what is measured: alerts are those of a plain loop, whatever happens. */
class PatternRunTest {

  private static final Path CONF =
      Path.of(System.getProperty("tidewatch.home", "../.."), "flink-conf");

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void alertsAreThoseOfAPlainLoop(Variant variant) throws Exception {
    Result result =
        new PatternRun(CONF, directory, Duration.ofMillis(200)).measure(variant, 60, 60);
    assertThat(result.missing()).isEmpty();
    assertThat(result.unexpected()).isEmpty();
    assertThat(result.alerts()).isPositive();
  }
}
