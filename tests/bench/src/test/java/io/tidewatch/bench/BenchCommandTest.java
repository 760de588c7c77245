package io.tidewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {

  @Test
  void allContendersGiveEqualRows(@TempDir Path directory) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PrintStream standardOutput = System.out;
    System.setOut(new PrintStream(output));
    int exitCode;
    try {
      exitCode =
          new CommandLine(new BenchCommand())
              .setCaseInsensitiveEnumValuesAllowed(true)
              .execute(
                  "--events=20000",
                  "--runs=1",
                  "--data-dir=" + directory,
                  "--conf=" + Path.of(System.getProperty("tidewatch.home"), "flink-conf"));
    } finally {
      System.setOut(standardOutput);
    }
    assertThat(exitCode).isZero();
    assertThat(output.toString().lines().toList())
        .hasSize(9)
        .anyMatch(line -> line.matches("ratio_with_quality_vs_flink_sql=[0-9.]+"))
        .last()
        .asString()
        .matches(
            "ratio_vs_flink_sql=[0-9.]+ ratio_vs_kafka_streams=[0-9.]+ share_of_parse_limit=[0-9.]+");
  }
}
