package io.tidewatch.local.flink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.local.UserException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFlinkTest {

  private static final int MORE_THAN_SLOTS = 100;

  @TempDir private Path directory;

  @Test
  void saysWhyThereIsNoSavepointOfAJobThatDoesNotRunYet() {
    Path conf = Path.of(System.getProperty("tidewatch.home"), "flink-conf", "local");
    try (LocalFlink flink = LocalFlink.start(conf, directory, 0)) {
      JobID job =
          flink.submit(
              "waits",
              environment -> {
                environment.setParallelism(MORE_THAN_SLOTS);
                environment.fromSequence(0, Long.MAX_VALUE).sinkTo(new DiscardingSink<>());
              },
              Optional.empty());
      assertThatThrownBy(() -> flink.stop(job, directory, Duration.ofMinutes(5)))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("Flink: ")
          .hasMessageContaining(" not ")
          .hasMessageNotContaining("within");
    }
  }
}
