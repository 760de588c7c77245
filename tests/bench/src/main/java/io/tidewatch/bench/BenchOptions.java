package io.tidewatch.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Option;

/** The options that benchmarks share. */
public final class BenchOptions {

  @Option(
      names = "--conf",
      paramLabel = "DIR",
      description = "Where the configuration is (default: flink-conf).",
      defaultValue = "${sys:tidewatch.home:-.}/flink-conf")
  private Path conf;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Where state is kept while it runs, and a topic for the next time (default: .data/bench).",
      defaultValue = "${sys:tidewatch.home:-.}/.data/bench")
  private Path dataDirectory;

  /** Something that needs a directory. */
  @FunctionalInterface
  public interface Run<T> {
    T in(Path directory) throws Exception;
  }

  public Path conf() {
    return conf;
  }

  Path dataDirectory() {
    return dataDirectory;
  }

  /** Runs in a new directory, which is gone afterwards. */
  public <T> T inOwnDirectory(String prefix, Run<T> run) throws Exception {
    Files.createDirectories(dataDirectory);
    Path own = Files.createTempDirectory(dataDirectory.toAbsolutePath(), prefix);
    try {
      return run.in(own);
    } finally {
      FileUtils.deleteDirectoryQuietly(own.toFile());
    }
  }
}
