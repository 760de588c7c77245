package io.tidewatch.job;

import io.tidewatch.clickhouse.Batching;
import io.tidewatch.clickhouse.ClickHouseEndpoint;
import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code clickhouse} and {@code retention} of {@code tidewatch.yaml}. */
final class ClickHouseSettingsReader {

  private static final int MOST_ROWS = 1_000_000;

  private ClickHouseSettingsReader() {}

  /** Nothing where there is no endpoint, which is reported. */
  static Optional<ClickHouseSettings> read(YamlMap root, Map<String, String> environment) {
    Optional<YamlMap> section = root.required("clickhouse").map(YamlNode::map);
    Optional<ClickHouseEndpoint> endpoint = section.flatMap(map -> endpoint(map, environment));
    Batching batching =
        section
            .flatMap(map -> map.optional("batch"))
            .map(ClickHouseSettingsReader::batching)
            .orElse(Batching.DEFAULT);
    Map<String, Duration> retention =
        root.optional("retention").map(ClickHouseSettingsReader::retention).orElse(Map.of());
    return endpoint.map(found -> new ClickHouseSettings(found, batching, retention));
  }

  private static Optional<ClickHouseEndpoint> endpoint(
      YamlMap map, Map<String, String> environment) {
    Optional<ClickHouseEndpoint> endpoint =
        map.required("url").flatMap(ClickHouseSettingsReader::url);
    Optional<String> user = map.string("user");
    String password = map.string("password").orElse("");
    return endpoint.map(
        url ->
            user.map(name -> url.as(name, password))
                .orElseGet(() -> url.withCredentialsOf(environment)));
  }

  private static Optional<ClickHouseEndpoint> url(YamlNode node) {
    return node.string()
        .flatMap(
            url -> {
              try {
                return Optional.of(ClickHouseEndpoint.of(url));
              } catch (IllegalArgumentException e) {
                node.problem(e.getMessage());
                return Optional.empty();
              }
            });
  }

  private static Batching batching(YamlNode node) {
    YamlMap map = node.map();
    Batching shipped = Batching.DEFAULT;
    return new Batching(
        map.integer("rows", 1, MOST_ROWS).orElse(shipped.rows()),
        map.optional("interval").flatMap(YamlNode::positiveDuration).orElse(shipped.interval()),
        map.optional("patience").flatMap(YamlNode::positiveDuration).orElse(shipped.patience()));
  }

  private static Map<String, Duration> retention(YamlNode node) {
    Map<String, Duration> retention = new LinkedHashMap<>();
    node.map()
        .entries()
        .forEach((table, value) -> value.duration().ifPresent(d -> retention.put(table, d)));
    return retention;
  }
}
