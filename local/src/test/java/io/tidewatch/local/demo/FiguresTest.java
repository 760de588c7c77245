package io.tidewatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void whereNothingHappenedACountIsZeroAndARatioIsNone() {
    Figures figures = new Figures(Map.of("leads 1d", 12.0, "api_error_rate 1m", 0.0625));
    assertThat(figures.count("leads 1d", "leads %,5.0f")).isEqualTo("leads    12");
    assertThat(figures.count("visitors 1d", "visitors %,.0f")).isEqualTo("visitors 0");
    assertThat(figures.ratio("api_error_rate 1m", 100, "errors %5.1f %%"))
        .isEqualTo("errors   6.3 %");
    assertThat(figures.ratio("api_error_rate 1h", 100, "errors %5.1f %%"))
        .isEqualTo("errors     – %");
  }

  @Test
  void nothingIsKnownOfAWindowWithoutFigures() {
    Figures figures = new Figures(Map.of("api_requests 1m", 3.0));
    assertThat(figures.count("leads 1d", "leads %,5.0f")).isEqualTo("leads     –");
    assertThat(Figures.UNKNOWN.count("leads 1d", "leads %,5.0f")).isEqualTo("leads     –");
  }
}
