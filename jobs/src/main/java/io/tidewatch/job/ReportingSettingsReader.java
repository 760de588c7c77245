package io.tidewatch.job;

import static java.math.BigDecimal.ONE;

import io.tidewatch.clickhouse.ReportingSettings;
import io.tidewatch.config.Problems;
import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import io.tidewatch.currency.FxRateFile;
import io.tidewatch.currency.ReportingCurrency;
import io.tidewatch.revenue.UnitEconomics;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** Reads how {@code tidewatch.yaml} has figures reported, and the rates of exchange beside it. */
final class ReportingSettingsReader {

  private static final BigDecimal MOST_MONEY = BigDecimal.TEN.pow(14);

  private ReportingSettingsReader() {}

  static ReportingSettings read(YamlMap root, Path file, Problems problems) {
    return new ReportingSettings(
        root.optional("timezone").flatMap(ReportingSettingsReader::zone).orElse(ZoneOffset.UTC),
        currency(root, file, problems),
        root.optional("unit_economics")
            .map(node -> unitEconomics(node.map()))
            .orElse(UnitEconomics.UNKNOWN));
  }

  private static Optional<ZoneId> zone(YamlNode node) {
    return node.string()
        .flatMap(
            name -> {
              try {
                return Optional.of(ZoneId.of(name));
              } catch (DateTimeException e) {
                node.problem("expected a time zone such as Europe/Berlin, not '" + name + "'");
                return Optional.empty();
              }
            });
  }

  private static Optional<ReportingCurrency> currency(YamlMap root, Path file, Problems problems) {
    Optional<String> code =
        root.optional("currency").flatMap(ReportingSettingsReader::currencyCode);
    Optional<String> rates = root.string("fx_rates");
    if (rates.isPresent() && !root.has("currency")) {
      root.node().problem("'fx_rates' needs a 'currency' to convert to");
    }
    return code.map(
        currency ->
            new ReportingCurrency(
                currency,
                rates
                    .map(name -> FxRateFile.read(file.resolveSibling(name), currency, problems))
                    .orElse(List.of())));
  }

  private static Optional<String> currencyCode(YamlNode node) {
    return node.string()
        .flatMap(
            code -> {
              try {
                return Optional.of(Currency.getInstance(code).getCurrencyCode());
              } catch (IllegalArgumentException e) {
                node.problem("expected an ISO 4217 code such as EUR, not '" + code + "'");
                return Optional.empty();
              }
            });
  }

  private static UnitEconomics unitEconomics(YamlMap map) {
    return new UnitEconomics(
        map.optional("gross_margin").flatMap(ReportingSettingsReader::share),
        map.optional("monthly_sales_and_marketing")
            .flatMap(ReportingSettingsReader::money)
            .orElse(UnitEconomics.UNKNOWN.monthlySalesAndMarketing()));
  }

  private static Optional<BigDecimal> share(YamlNode node) {
    Optional<BigDecimal> share = node.decimal();
    if (share.isPresent() && (share.get().signum() < 0 || share.get().compareTo(ONE) > 0)) {
      node.problem("expected a share from 0 to 1, not " + share.get().toPlainString());
    }
    return share;
  }

  private static Optional<BigDecimal> money(YamlNode node) {
    Optional<BigDecimal> money = node.decimal();
    if (money.isPresent() && (money.get().signum() < 0 || money.get().compareTo(MOST_MONEY) > 0)) {
      node.problem("expected an amount of money, 0 or more");
    }
    return money;
  }
}
