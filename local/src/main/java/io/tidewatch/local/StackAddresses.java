package io.tidewatch.local;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where the parts of a running stack answer.
 *
 * @param kafkaBootstrap host and port of the broker
 * @param clickhouseUrl ClickHouse's HTTP interface
 * @param flinkUrl Flink's REST interface and web UI; null for a stack without Flink
 * @param pid the process that holds the stack
 */
public record StackAddresses(
    String kafkaBootstrap, String clickhouseUrl, String flinkUrl, long pid) {

  /** Whether the process that published them lives. */
  @JsonIgnore
  public boolean isAlive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** Whether one of its parts listens on the port. */
  public boolean uses(int port) {
    return Stream.of(kafkaBootstrap, clickhouseUrl, flinkUrl)
        .filter(Objects::nonNull)
        .anyMatch(address -> address.endsWith(":" + port));
  }
}
