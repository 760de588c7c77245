package io.tidewatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyTest {

  @Test
  void ranksWhatWasMeasured() {
    List<Duration> measured =
        IntStream.rangeClosed(1, 200).mapToObj(i -> Duration.ofMillis(10L * i)).toList();
    // the 100th and the 198th of 200
    assertThat(Latency.of(measured)).hasToString("p50 1.00 s, p99 1.98 s (n = 200)");
    assertThat(Latency.of(List.of())).hasToString("none measured");
  }
}
