package io.tidewatch.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.clickhouse.ClickHouseEndpoint;
import io.tidewatch.clickhouse.ClickHouseException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClickHouseAccessTest {

  @Test
  void takesCredentialsFromTheAddress() {
    assertThat(
            ClickHouseAccess.ofEnvironment(
                Map.of("CLICKHOUSE_URL", "https://writer:a:b@warehouse:8443/")))
        .hasValue(new ClickHouseEndpoint(URI.create("https://warehouse:8443"), "writer", "a:b"));
  }

  @Test
  void takesCredentialsFromTheirOwnVariables() {
    assertThat(
            ClickHouseAccess.ofEnvironment(
                Map.of(
                    "CLICKHOUSE_URL", "http://warehouse:8123",
                    "CLICKHOUSE_USER", "writer",
                    "CLICKHOUSE_PASSWORD", "secret")))
        .hasValue(new ClickHouseEndpoint(URI.create("http://warehouse:8123"), "writer", "secret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "warehouse", "warehouse:8123", "tcp://warehouse:9000", "http://a b"})
  void refusesAnAddressThatIsNotOfHttp(String address) {
    assertThatThrownBy(() -> ClickHouseAccess.ofEnvironment(Map.of("CLICKHOUSE_URL", address)))
        .isInstanceOf(UserException.class)
        .hasMessage("CLICKHOUSE_URL must be like http://host:8123, not '%s'.", address);
  }

  @Test
  void saysThatNobodyAnswers(@TempDir Path directory) {
    String address = "http://%s:%d".formatted(LoopbackPort.HOST, LoopbackPort.free());
    OutputStream out = new ByteArrayOutputStream();
    try (ClickHouseAccess access =
        ClickHouseAccess.open(DataDirectory.at(directory), Map.of("CLICKHOUSE_URL", address))) {
      assertThatThrownBy(() -> access.client("default").copy("SELECT 1", out))
          .isInstanceOf(ClickHouseException.class)
          .hasMessageStartingWith("ClickHouse at %s does not answer", address);
    }
  }
}
