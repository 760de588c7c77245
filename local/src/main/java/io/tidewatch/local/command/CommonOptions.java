package io.tidewatch.local.command;

import io.tidewatch.local.DataDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that all commands share. */
public final class CommonOptions {

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the local stack keeps its data, created where missing (default: .data).",
      defaultValue = "${sys:tidewatch.home:-.}/.data")
  private Path dataDirectory;

  @Option(
      names = "--conf",
      paramLabel = "DIR",
      description = "Where the configuration is (default: flink-conf).",
      defaultValue = "${sys:tidewatch.home:-.}/flink-conf")
  private Path conf;

  /** The data directory, created where missing; from now on this process logs into it. */
  public DataDirectory dataDirectory() {
    DataDirectory directory = DataDirectory.at(dataDirectory);
    System.setProperty("tidewatch.logs", directory.logs().toString());
    return directory;
  }

  public Path conf() {
    return conf;
  }
}
