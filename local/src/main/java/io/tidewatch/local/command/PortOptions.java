package io.tidewatch.local.command;

import io.tidewatch.local.stack.LocalStack;
import picocli.CommandLine.Option;

/** Where a stack listens. */
final class PortOptions {

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      description = "Where Kafka listens; 0: any free port (default: ${DEFAULT-VALUE}).",
      defaultValue = "9092")
  private int kafka;

  @Option(
      names = "--clickhouse-port",
      paramLabel = "PORT",
      description = "Where ClickHouse listens; 0: any free port (default: ${DEFAULT-VALUE}).",
      defaultValue = "8123")
  private int clickHouse;

  @Option(
      names = "--flink-port",
      paramLabel = "PORT",
      description = "Where Flink's web UI listens; 0: any free port (default: ${DEFAULT-VALUE}).",
      defaultValue = "8081")
  private int flink;

  LocalStack.Ports ports() {
    return new LocalStack.Ports(kafka, clickHouse, flink);
  }
}
