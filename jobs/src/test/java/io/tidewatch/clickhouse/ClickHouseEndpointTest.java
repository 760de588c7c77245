package io.tidewatch.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClickHouseEndpointTest {

  @Test
  void isTheDefaultUserWithoutPassword() {
    assertThat(ClickHouseEndpoint.of("http://127.0.0.1:8123/"))
        .isEqualTo(new ClickHouseEndpoint(URI.create("http://127.0.0.1:8123"), "default", ""));
  }

  @Test
  void readsUserAndPasswordFromTheUrl() {
    ClickHouseEndpoint endpoint = ClickHouseEndpoint.of("https://tide:s%40c+ret@ch:8443");

    assertThat(endpoint.user()).isEqualTo("tide");
    assertThat(endpoint.password()).isEqualTo("s@c+ret");
    assertThat(endpoint.jdbcUrl()).isEqualTo("jdbc:clickhouse:https://ch:8443");
  }

  @Test
  void neverPrintsThePassword() {
    assertThat(ClickHouseEndpoint.of("https://tide:secret@ch:8443").toString())
        .isEqualTo("https://ch:8443 as tide");
    assertThatThrownBy(() -> ClickHouseEndpoint.of("http://tide:secret@:no port"))
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8123", "tcp://ch:9000", "clickhouse", "http://"})
  void refusesWhatIsNoHttpUrl(String text) {
    assertThatThrownBy(() -> ClickHouseEndpoint.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ClickHouse URL");
  }
}
