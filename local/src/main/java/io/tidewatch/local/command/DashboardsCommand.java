package io.tidewatch.local.command;

import io.tidewatch.local.UserException;
import io.tidewatch.local.grafana.DashboardJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidewatch dashboards}: writes Grafana's dashboards as they are defined. */
@Command(
    name = "dashboards",
    description = {
      "Writes the dashboards that Grafana is provisioned with, as JSON.",
      "They are defined in io.tidewatch.local.grafana; run this after a change there."
    })
public final class DashboardsCommand implements Runnable {

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write them (default: docker/grafana/dashboards).")
  private Path out =
      Path.of(System.getProperty("tidewatch.home", "."), "docker", "grafana", "dashboards");

  @Override
  public void run() {
    try {
      Files.createDirectories(out);
      for (Map.Entry<String, String> file : DashboardJson.files().entrySet()) {
        Files.writeString(out.resolve(file.getKey()), file.getValue());
        System.out.println(out.resolve(file.getKey()));
      }
    } catch (IOException e) {
      throw new UserException("Cannot write dashboards to %s: %s".formatted(out, e), e);
    }
  }
}
