package io.tidewatch.clickhouse;

import java.io.Serializable;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where ClickHouse answers over HTTP, and as whom. The password appears in no text form.
 *
 * @param url {@code http://host:8123} or {@code https://host:8443}
 * @param user never null
 * @param password never null, may be empty
 */
public record ClickHouseEndpoint(URI url, String user, String password) implements Serializable {

  private static final String DEFAULT_USER = "default";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  /**
   * @throws IllegalArgumentException if the URL is not one of an HTTP interface
   */
  public ClickHouseEndpoint {
    if (url.getHost() == null
        || !"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException(
          "ClickHouse URL must look like http://host:8123 or https://host:8443");
    }
  }

  /**
   * Reads {@code http[s]://[user:password@]host:port}; without a user it is {@code default}.
   *
   * @throws IllegalArgumentException if the text is not such a URL
   */
  public static ClickHouseEndpoint of(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("ClickHouse URL can't be read: it is not a URL");
    }
    String userInfo = uri.getRawUserInfo() == null ? DEFAULT_USER : uri.getRawUserInfo();
    String[] parts = userInfo.split(":", 2);
    return new ClickHouseEndpoint(
        URI.create(text.replaceFirst("//[^/@]*@", "//").replaceFirst("/+$", "")),
        decode(parts[0]),
        parts.length == 1 ? "" : decode(parts[1]));
  }

  /**
   * The server that the environment names, if it names one: {@code CLICKHOUSE_URL}, with {@code
   * CLICKHOUSE_USER} and {@code CLICKHOUSE_PASSWORD} or the address's own credentials.
   *
   * @throws IllegalArgumentException if the address is not one of an HTTP interface
   */
  public static Optional<ClickHouseEndpoint> ofEnvironment(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("CLICKHOUSE_URL"))
        .map(ClickHouseEndpoint::of)
        .map(endpoint -> endpoint.withCredentialsOf(environment));
  }

  /** This endpoint as the user that {@code CLICKHOUSE_USER} names, if it names one. */
  public ClickHouseEndpoint withCredentialsOf(Map<String, String> environment) {
    return as(
        environment.getOrDefault("CLICKHOUSE_USER", user),
        environment.getOrDefault("CLICKHOUSE_PASSWORD", password));
  }

  /** This endpoint as another user. */
  public ClickHouseEndpoint as(String user, String password) {
    return new ClickHouseEndpoint(url, user, password);
  }

  Duration connectTimeout() {
    return CONNECT_TIMEOUT;
  }

  String jdbcUrl() {
    return "jdbc:clickhouse:" + url;
  }

  Properties jdbcProperties() {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("compress", "false");
    properties.setProperty("decompress", "false");
    // a batch of events that are years apart is unusual, but no reason to refuse it
    properties.setProperty("clickhouse_setting_max_partitions_per_insert_block", "0");
    properties.setProperty("connection_timeout", Long.toString(CONNECT_TIMEOUT.toMillis()));
    properties.setProperty("socket_timeout", Long.toString(ANSWER_TIMEOUT.toMillis()));
    return properties;
  }

  @Override
  public String toString() {
    return url + " as " + user;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
