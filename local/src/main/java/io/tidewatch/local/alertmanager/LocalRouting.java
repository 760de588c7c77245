package io.tidewatch.local.alertmanager;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * What Alertmanager does on one machine: it routes, groups and inhibits as on a cluster, and shows
 * it in its web UI, but tells nobody, as no secrets are here.
 */
public final class LocalRouting {

  private LocalRouting() {}

  /**
   * Writes the configuration of a cluster without the ways to reach people.
   *
   * @param cluster Alertmanager's configuration with all its receivers
   */
  public static void write(Path cluster, Path local) {
    Yaml yaml = new Yaml();
    try (Reader reader = Files.newBufferedReader(cluster)) {
      Map<String, Object> configuration = yaml.load(reader);
      List<Map<String, Object>> receivers = receivers(configuration);
      Map<String, Object> routing = new LinkedHashMap<>(configuration);
      routing.remove("global");
      routing.put(
          "receivers",
          receivers.stream().map(receiver -> Map.of("name", receiver.get("name"))).toList());
      Files.createDirectories(local.toAbsolutePath().getParent());
      Files.writeString(local, yaml.dump(routing));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> receivers(Map<String, Object> configuration) {
    return (List<Map<String, Object>>) configuration.get("receivers");
  }
}
