package io.tidewatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.config.ConfigurationException;
import io.tidewatch.currency.FxRate;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tidewatch.yaml} says about currencies and the economics of a customer. */
class ReportingSettingsReaderTest {

  @TempDir private Path directory;

  @Test
  void shipsWithoutACurrencyAndWithAMargin() {
    TidewatchSettings shipped = ShippedSettings.load();
    assertThat(shipped.reporting().currency()).isEmpty();
    assertThat(shipped.reporting().economics().grossMargin()).hasValue(new BigDecimal("0.8"));
    assertThat(shipped.reporting().economics().monthlySalesAndMarketing())
        .isEqualByComparingTo("0");
  }

  @Test
  void readsACurrencyWithTheRatesOfAFileBesideIt() throws IOException {
    Files.writeString(directory.resolve("rates.csv"), "date,currency,rate\n2026-01-05,USD,0.86\n");
    TidewatchSettings settings =
        ShippedSettings.loadWith(directory, "currency: EUR", "fx_rates: rates.csv");
    assertThat(settings.reporting().currency().orElseThrow().code()).isEqualTo("EUR");
    assertThat(settings.reporting().currency().orElseThrow().rates())
        .containsExactly(FxRate.parse("2026-01-05", "USD", "0.86", "EUR", 1));
  }

  @Test
  void aCurrencyNeedsNoFile() throws IOException {
    assertThat(
            ShippedSettings.loadWith(directory, "currency: EUR")
                .reporting()
                .currency()
                .orElseThrow()
                .rates())
        .isEmpty();
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Files.writeString(directory.resolve("rates.csv"), "date,currency,rate\n2026-01-05,USD,x\n");
    refuses("tidewatch.yaml", "expected an ISO 4217 code such as EUR", "currency: Euro");
    refuses("tidewatch.yaml", "'fx_rates' needs a 'currency'", "fx_rates: rates.csv");
    refuses("rates.csv:2", "rate must be a decimal number", "currency: EUR", "fx_rates: rates.csv");
    refuses("none.csv", "there is no such file", "currency: EUR", "fx_rates: none.csv");
  }

  private void refuses(String place, String problem, String... lines) {
    assertThatThrownBy(() -> ShippedSettings.loadWith(directory, lines))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(place)
        .hasMessageContaining(problem);
  }
}
