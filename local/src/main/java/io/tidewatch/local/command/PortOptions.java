package io.tidewatch.local.command;

import io.tidewatch.local.LoopbackPort;
import io.tidewatch.local.UserException;
import io.tidewatch.local.preview.PreviewServer;
import io.tidewatch.local.stack.LocalStack;
import java.io.PrintStream;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a stack listens. */
final class PortOptions {

  private static final int USUAL_PREVIEW_PORT = 3000;

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

  @Option(
      names = "--preview-port",
      paramLabel = "PORT",
      description = {
        "Where the dashboards are shown; 0: any free port",
        "(default: 3000, or any free port where that is taken)."
      })
  private Integer preview;

  /**
   * What the stack is to listen on.
   *
   * @throws UserException where the preview could not listen beside it
   */
  LocalStack.Ports ports() {
    if (preview != null) {
      LoopbackPort.refuseTaken(preview, "the preview");
    }
    return new LocalStack.Ports(kafka, clickHouse, flink);
  }

  /** Shows the stack's dashboards and alerts, says where, and lets alerts link there. */
  PreviewServer startPreview(LocalStack stack, PrintStream progress) {
    Path home = Path.of(System.getProperty("tidewatch.home", "."));
    boolean elsewhere = preview == null && LoopbackPort.isTaken(USUAL_PREVIEW_PORT);
    int port = preview != null ? preview : elsewhere ? 0 : USUAL_PREVIEW_PORT;
    PreviewServer server =
        PreviewServer.start(
            port,
            home.resolve(Path.of("docker", "grafana", "dashboards")),
            home.resolve(Path.of("docs", "runbooks")),
            stack.settings());
    stack.linkAlertsTo(server.url());
    progress.println(
        "Dashboards  "
            + server.url()
            + (elsewhere ? " (port " + USUAL_PREVIEW_PORT + " is taken)" : ""));
    return server;
  }
}
