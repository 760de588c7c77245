package io.tidewatch.local;

import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.clickhouse.ClickHouseEndpoint;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a stack that is up, as other processes reach them. Where {@code KAFKA_BOOTSTRAP},
 * {@code CLICKHOUSE_URL} and {@code FLINK_URL} name real servers, these are the ones.
 */
public final class RunningStack {

  private final DataDirectory directory;
  private final Map<String, String> environment;
  private final Optional<StackAddresses> addresses;

  private RunningStack(DataDirectory directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = environment;
    this.addresses = directory.runningStack();
  }

  public static RunningStack on(DataDirectory directory) {
    return new RunningStack(directory, System.getenv());
  }

  /**
   * Where Kafka answers.
   *
   * @throws UserException where neither the environment nor the data directory tells
   */
  public String kafkaBootstrap() {
    return kafkaBootstrapIfUp().orElseGet(() -> addresses().kafkaBootstrap());
  }

  /** Where Kafka answers; empty where neither the environment nor the data directory tells. */
  public Optional<String> kafkaBootstrapIfUp() {
    return Optional.ofNullable(environment.get("KAFKA_BOOTSTRAP"))
        .or(() -> addresses.map(StackAddresses::kafkaBootstrap));
  }

  /**
   * A client whose unqualified table names are of the database {@code tidewatch}.
   *
   * @throws UserException where neither the environment nor the data directory tells
   */
  public ClickHouseClient clickHouse() {
    ClickHouseEndpoint endpoint =
        ClickHouseAccess.ofEnvironment(environment)
            .orElseGet(() -> ClickHouseEndpoint.of(addresses().clickhouseUrl()));
    return new ClickHouseClient(endpoint, "tidewatch");
  }

  /**
   * Flink's REST interface.
   *
   * @throws UserException where neither the environment nor the data directory tells
   */
  public URI flink() {
    return Optional.ofNullable(environment.get("FLINK_URL"))
        .or(() -> Optional.ofNullable(addresses().flinkUrl()))
        .map(URI::create)
        .orElseThrow(
            () ->
                new UserException(
                    "The stack on %s has no Flink: name the cluster's web UI with FLINK_URL."
                        .formatted(directory.root())));
  }

  private StackAddresses addresses() {
    return addresses.orElseThrow(
        () ->
            new UserException(
                "No stack is up on %s: start one with 'tidewatch up', or name its directory with --data-dir."
                    .formatted(directory.root())));
  }
}
