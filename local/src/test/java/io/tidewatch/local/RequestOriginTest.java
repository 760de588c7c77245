package io.tidewatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestOriginTest {

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LocalHost:8123", "127.0.0.1:8123", "127.9.8.7", "[::1]:80"})
  void theLoopbackAddressHasItsOwnNames(String host) {
    assertThat(of("Host", host).asksLoopback()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "10.0.0.1"
      })
  void allOthersAreForeign(String host) {
    assertThat(of("Host", host).asksLoopback()).isFalse();
    assertThat(new RequestOrigin(new Headers()).asksLoopback()).isFalse();
  }

  @Test
  void aPageIsOwnAtTheSameNameAndPortAlone() {
    assertThat(of("Host", "localhost:3000", "Origin", "http://localhost:3000").isOwn()).isTrue();
    assertThat(of("Host", "localhost:3000").isOwn()).isTrue();
    assertThat(of("Host", "localhost:3000", "Origin", "http://localhost:3001").isOwn()).isFalse();
    assertThat(of("Host", "localhost:3000", "Origin", "null").isOwn()).isFalse();
  }

  @Test
  void whatIsTypedIntoABrowserIsSentByNoSite() {
    assertThat(of("Sec-Fetch-Site", "none").isSentByAnotherSite()).isFalse();
    assertThat(of("Sec-Fetch-Site", "same-origin").isSentByAnotherSite()).isFalse();
    assertThat(of("Sec-Fetch-Site", "same-site").isSentByAnotherSite()).isTrue();
    assertThat(of("Sec-Fetch-Site", "cross-site").isSentByAnotherSite()).isTrue();
  }

  private static RequestOrigin of(String... namesAndValues) {
    Headers headers = new Headers();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new RequestOrigin(headers);
  }
}
