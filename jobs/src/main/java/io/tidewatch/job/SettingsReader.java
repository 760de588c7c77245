package io.tidewatch.job;

import static java.math.BigDecimal.ONE;

import io.tidewatch.alertmanager.AlertmanagerReader;
import io.tidewatch.clickhouse.Batching;
import io.tidewatch.clickhouse.ClickHouseEndpoint;
import io.tidewatch.config.Problems;
import io.tidewatch.config.YamlFile;
import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import io.tidewatch.currency.FxRateFile;
import io.tidewatch.currency.ReportingCurrency;
import io.tidewatch.customers.HealthReader;
import io.tidewatch.customers.HealthSettings;
import io.tidewatch.dashboards.DashboardLinksReader;
import io.tidewatch.ingest.IngestSettings;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.revenue.UnitEconomics;
import io.tidewatch.rules.RuleCatalogue;
import io.tidewatch.targets.KpiTarget;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code tidewatch.yaml}. */
final class SettingsReader {

  private static final Duration DEFAULT_LATENESS = Duration.ofHours(1);
  private static final Duration DEFAULT_CUSTOMER_TTL = Duration.ofDays(400);
  private static final Duration DEFAULT_ALIGNMENT = Duration.ofSeconds(30);
  private static final Duration LEAST_ALIGNMENT = Duration.ofSeconds(1);
  private static final BigDecimal MOST_MONEY = BigDecimal.TEN.pow(14);
  private static final int MOST_ROWS = 1_000_000;
  private static final String DEFAULT_GROUP = "tidewatch";

  private final MetricCatalogue metrics;
  private final RuleCatalogue rules;
  private final List<KpiTarget> targets;
  private final Map<String, String> environment;

  SettingsReader(
      MetricCatalogue metrics,
      RuleCatalogue rules,
      List<KpiTarget> targets,
      Map<String, String> environment) {
    this.metrics = metrics;
    this.rules = rules;
    this.targets = targets;
    this.environment = environment;
  }

  Optional<TidewatchSettings> read(Path file, Problems problems) {
    return YamlFile.read(
        file,
        environment,
        problems,
        root -> {
          YamlMap map = root.map();
          return read(map, currency(map, file, problems));
        });
  }

  private TidewatchSettings read(YamlMap root, Optional<ReportingCurrency> currency) {
    Optional<YamlMap> kafka = root.required("kafka").map(YamlNode::map);
    Optional<YamlMap> clickHouse = root.required("clickhouse").map(YamlNode::map);
    return new TidewatchSettings(
        root.optional("timezone").flatMap(SettingsReader::zone).orElse(ZoneOffset.UTC),
        currency,
        root.duration("allowed_lateness").orElse(DEFAULT_LATENESS),
        root.duration("customer_time_to_live").orElse(DEFAULT_CUSTOMER_TTL),
        root.optional("watermark_alignment")
            .flatMap(SettingsReader::alignment)
            .orElse(DEFAULT_ALIGNMENT),
        kafka.map(SettingsReader::kafkaProperties).orElse(Map.of()),
        kafka.flatMap(map -> map.bool("write_events")).orElse(true),
        clickHouse.flatMap(this::endpoint).orElse(null),
        clickHouse
            .flatMap(map -> map.optional("batch"))
            .map(SettingsReader::batching)
            .orElse(Batching.DEFAULT),
        AlertmanagerReader.read(root, environment),
        DashboardLinksReader.read(root, environment),
        root.optional("retention").map(SettingsReader::retention).orElse(Map.of()),
        root.optional("unit_economics")
            .map(node -> unitEconomics(node.map()))
            .orElse(UnitEconomics.UNKNOWN),
        root.optional("health").map(HealthReader::read).orElse(HealthSettings.DEFAULT),
        ingest(root),
        root.required("sources").map(SourceReader::readAll).orElse(List.of()),
        metrics,
        rules,
        targets);
  }

  private static Optional<ReportingCurrency> currency(YamlMap root, Path file, Problems problems) {
    Optional<String> code = root.optional("currency").flatMap(SettingsReader::currencyCode);
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

  private Optional<ClickHouseEndpoint> endpoint(YamlMap map) {
    Optional<ClickHouseEndpoint> endpoint =
        map.required("url").flatMap(SettingsReader::clickHouseUrl);
    Optional<String> user = map.string("user");
    String password = map.string("password").orElse("");
    return endpoint.map(
        url ->
            user.map(name -> url.as(name, password))
                .orElseGet(() -> url.withCredentialsOf(environment)));
  }

  private static Optional<ClickHouseEndpoint> clickHouseUrl(YamlNode node) {
    return node.string()
        .flatMap(
            url -> {
              try {
                return Optional.of(ClickHouseEndpoint.of(url));
              } catch (IllegalArgumentException e) {
                node.problem(e.getMessage());
                return Optional.empty();
              }
            });
  }

  private static Batching batching(YamlNode node) {
    YamlMap map = node.map();
    Batching shipped = Batching.DEFAULT;
    return new Batching(
        map.integer("rows", 1, MOST_ROWS).orElse(shipped.rows()),
        map.optional("interval").flatMap(YamlNode::positiveDuration).orElse(shipped.interval()),
        map.optional("patience").flatMap(YamlNode::positiveDuration).orElse(shipped.patience()));
  }

  private static Optional<Duration> alignment(YamlNode node) {
    Optional<Duration> alignment = node.duration();
    if (alignment.isPresent() && alignment.get().compareTo(LEAST_ALIGNMENT) < 0) {
      node.problem("expected 1s or more: sources would wait for one another all the time");
    }
    return alignment;
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

  private static Map<String, String> kafkaProperties(YamlMap map) {
    Map<String, String> properties = new HashMap<>();
    map.optional("properties")
        .map(node -> node.map().entries())
        .orElse(Map.of())
        .forEach((key, node) -> node.string().ifPresent(value -> properties.put(key, value)));
    map.required("bootstrap")
        .flatMap(YamlNode::string)
        .ifPresent(servers -> properties.put("bootstrap.servers", servers));
    properties.put("group.id", map.string("group").orElse(DEFAULT_GROUP));
    return properties;
  }

  private static Map<String, Duration> retention(YamlNode node) {
    Map<String, Duration> retention = new LinkedHashMap<>();
    node.map()
        .entries()
        .forEach((table, value) -> value.duration().ifPresent(d -> retention.put(table, d)));
    return retention;
  }

  private static UnitEconomics unitEconomics(YamlMap map) {
    return new UnitEconomics(
        map.optional("gross_margin").flatMap(SettingsReader::share),
        map.optional("monthly_sales_and_marketing")
            .flatMap(SettingsReader::money)
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

  private static IngestSettings ingest(YamlMap root) {
    Optional<YamlMap> privacy = root.required("privacy").map(YamlNode::map);
    byte[] key =
        privacy
            .flatMap(map -> map.required("pseudonym_key"))
            .flatMap(SettingsReader::key)
            .orElse(new byte[] {0});
    IngestSettings defaults = IngestSettings.defaults(key);
    Map<String, BigDecimal> multipliers = new HashMap<>();
    root.optional("compute_unit_multipliers")
        .map(node -> node.map().entries())
        .orElse(Map.of())
        .forEach((endpoint, node) -> node.decimal().ifPresent(m -> multipliers.put(endpoint, m)));
    return new IngestSettings(
        multipliers.isEmpty() ? defaults.computeUnitMultipliers() : multipliers,
        root.optional("own_hosts").map(YamlNode::strings).map(Set::copyOf).orElse(Set.of()),
        privacy
            .flatMap(map -> map.optional("web_properties"))
            .map(YamlNode::strings)
            .map(Set::copyOf)
            .orElse(defaults.webProperties()),
        privacy
            .flatMap(map -> map.optional("personal_fields"))
            .map(SourceReader::personalFields)
            .orElse(defaults.personalFields()),
        key);
  }

  private static Optional<byte[]> key(YamlNode node) {
    Optional<String> key = node.string();
    if (key.isPresent() && key.get().isEmpty()) {
      node.problem("expected a secret of some length, not an empty one");
      return Optional.empty();
    }
    return key.map(text -> text.getBytes(StandardCharsets.UTF_8));
  }
}
