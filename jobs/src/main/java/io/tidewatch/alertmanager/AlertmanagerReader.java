package io.tidewatch.alertmanager;

import io.tidewatch.config.WebAddress;
import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reads {@code alertmanager} of {@code tidewatch.yaml}. */
public final class AlertmanagerReader {

  /** Where Alertmanager answers, unless the file says so. */
  public static final String VARIABLE = "ALERTMANAGER_URL";

  private static final Duration LEAST = Duration.ofSeconds(1);

  private AlertmanagerReader() {}

  /** Nothing where neither the file nor the environment names an address. */
  public static Optional<AlertmanagerSettings> read(YamlMap root, Map<String, String> environment) {
    Optional<YamlNode> section = root.optional("alertmanager");
    if (section.isPresent()) {
      return section(section.get().map(), environment);
    }
    return ofEnvironment(environment)
        .flatMap(text -> url(text, root.node()))
        .map(AlertmanagerSettings::of);
  }

  private static Optional<AlertmanagerSettings> section(
      YamlMap map, Map<String, String> environment) {
    Duration resend = duration(map, "resend", AlertmanagerSettings.DEFAULT_RESEND);
    Duration timeout = duration(map, "timeout", AlertmanagerSettings.DEFAULT_TIMEOUT);
    return map.string("url")
        .or(() -> ofEnvironment(environment))
        .flatMap(text -> url(text, map.node()))
        .map(url -> new AlertmanagerSettings(url, resend, timeout));
  }

  private static Optional<String> ofEnvironment(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(VARIABLE)).filter(url -> !url.isEmpty());
  }

  private static Optional<URI> url(String text, YamlNode node) {
    Optional<URI> url = WebAddress.parse(text);
    if (url.isEmpty()) {
      node.problem("expected Alertmanager's address such as http://host:9093, not '" + text + "'");
    }
    return url;
  }

  private static Duration duration(YamlMap map, String key, Duration shipped) {
    Optional<Duration> given = map.duration(key);
    if (given.isPresent() && given.get().compareTo(LEAST) < 0) {
      map.node().problem("'" + key + "' must be at least 1s");
      return shipped;
    }
    return given.orElse(shipped);
  }
}
