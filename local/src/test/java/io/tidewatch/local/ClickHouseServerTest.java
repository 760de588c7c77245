package io.tidewatch.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClickHouseServerTest {

  @Test
  void takesCredentialsFromTheAddress() {
    ClickHouseServer server =
        ClickHouseServer.fromEnvironment(
            Map.of("CLICKHOUSE_URL", "https://writer:a:b@warehouse:8443/"));
    assertThat(server)
        .isEqualTo(new ClickHouseServer(URI.create("https://warehouse:8443"), "writer", "a:b"));
    assertThat(server.jdbcUrl("tidewatch"))
        .isEqualTo("jdbc:clickhouse:https://warehouse:8443/tidewatch?compress=false");
  }

  @Test
  void takesCredentialsFromTheirOwnVariables() {
    assertThat(
            ClickHouseServer.fromEnvironment(
                Map.of(
                    "CLICKHOUSE_URL", "http://warehouse:8123",
                    "CLICKHOUSE_USER", "writer",
                    "CLICKHOUSE_PASSWORD", "secret")))
        .isEqualTo(new ClickHouseServer(URI.create("http://warehouse:8123"), "writer", "secret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "warehouse", "warehouse:8123", "tcp://warehouse:9000", "http://a b"})
  void refusesAnAddressThatIsNotOfHttp(String address) {
    assertThatThrownBy(() -> ClickHouseServer.fromEnvironment(Map.of("CLICKHOUSE_URL", address)))
        .isInstanceOf(UserException.class)
        .hasMessage("CLICKHOUSE_URL must be like http://host:8123, not '%s'.", address);
  }

  @Test
  void saysThatNobodyAnswers(@TempDir Path directory) {
    String address = "http://%s:%d".formatted(LoopbackPort.HOST, LoopbackPort.free());
    OutputStream out = new ByteArrayOutputStream();
    try (ClickHouseAccess access =
        ClickHouseAccess.open(DataDirectory.at(directory), Map.of("CLICKHOUSE_URL", address))) {
      assertThatThrownBy(() -> access.server().query("SELECT 1", "default", out))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("ClickHouse at %s does not answer", address);
    }
  }
}
