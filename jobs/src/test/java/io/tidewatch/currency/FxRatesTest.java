package io.tidewatch.currency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.config.Problem;
import io.tidewatch.config.Problems;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FxRatesTest {

  private final FxRates rates = new FxRates();

  @ParameterizedTest
  @CsvSource({
    "2026-01-01, ",
    "2026-01-02, 0.85",
    // a weekend
    "2026-01-04, 0.85",
    "2026-01-05, 0.86",
    // seven days later it still counts, and no longer
    "2026-01-12, 0.86",
    "2026-01-13, "
  })
  void theRateOfADateIsTheLatestThatIsNotTooOld(LocalDate date, BigDecimal expected) {
    rates.add(rate("2026-01-05", "0.86", 1));
    rates.add(rate("2026-01-02", "0.85", 1));
    assertThat(rates.at("USD", date).orElse(null)).isEqualTo(expected);
    assertThat(rates.at("GBP", date)).isEmpty();
  }

  @Test
  void aCorrectionReplacesTheRateOfItsDayHoweverItComes() {
    rates.add(rate("2026-01-05", "0.87", 3));
    rates.add(rate("2026-01-05", "0.86", 2));
    assertThat(rates.at("USD", LocalDate.parse("2026-01-05"))).hasValue(new BigDecimal("0.87"));
  }

  @Test
  void readsAFile(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("rates.csv"),
            "date,currency,rate\n2026-01-05,USD,0.8600\n2026-01-05,JPY,0.005412\n");
    Problems problems = new Problems();
    assertThat(FxRateFile.read(file, "EUR", problems))
        .containsExactly(
            rate("2026-01-05", "0.86", 1), FxRate.parse("2026-01-05", "JPY", "0.005412", "EUR", 1));
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void namesAllThatIsWrongWithAFile(@TempDir Path directory) throws IOException {
    Path file =
        Files.write(
            directory.resolve("rates.csv"),
            List.of(
                "date,currency,rate",
                "05.01.2026,USD,0.86",
                "2026-01-05,DOLLAR,0.86",
                "2026-01-05,USD,-1",
                "2026-01-05,USD,cheap",
                "2026-01-06;USD;0.86",
                "2026-01-07,USD,0.1234567890123"));
    Problems problems = new Problems();
    FxRateFile.read(file, "EUR", problems);
    assertThat(problems.list()).extracting(Problem::line).containsExactly(2, 3, 4, 5, 5, 6, 7);
    assertThat(problems.list()).first().asString().contains("2026-01-05, not '05.01.2026'");

    Problems missing = new Problems();
    FxRateFile.read(directory.resolve("none.csv"), "EUR", missing);
    assertThat(missing.list()).singleElement().asString().contains("there is no such file");
  }

  @Test
  void readsAMessage() {
    assertThat(message("{\"date\":\"2026-01-05\",\"currency\":\"USD\",\"rate\":\"0.86\"}"))
        .isEqualTo(rate("2026-01-05", "0.86", 9));
    // not as a binary float
    assertThat(message("{\"date\":\"2026-01-05\",\"currency\":\"USD\",\"rate\":0.123456789012}"))
        .isEqualTo(rate("2026-01-05", "0.123456789012", 9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | date is missing",
        "[] | the record is not a JSON object",
        "{\"date\" | the record is not JSON",
        "{\"date\":\"2026-01-05\",\"currency\":\"USD\",\"rate\":0} | rate must be above 0",
        "{\"date\":\"2026-01-05\",\"currency\":\"XXY\",\"rate\":1} | currency must be an ISO 4217",
        "{\"date\":\"2026-01-05\",\"currency\":\"USD\",\"rate\":null} | rate is missing",
        "{\"date\":\"2026-01-05\",\"currency\":\"USD\",\"rate\":1e400} | rate must have at most",
      })
  void saysWhatIsWrongWithAMessage(String text, String problem) {
    assertThatThrownBy(() -> message(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  private static FxRate message(String text) {
    return FxRateMessage.read(text.getBytes(StandardCharsets.UTF_8), 7, "EUR");
  }

  private static FxRate rate(String day, String rate, long version) {
    return FxRate.parse(day, "USD", rate, "EUR", version);
  }
}
