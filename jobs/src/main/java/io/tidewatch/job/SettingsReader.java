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
import io.tidewatch.ingest.EventFormats;
import io.tidewatch.ingest.FlatOptions;
import io.tidewatch.ingest.IngestSettings;
import io.tidewatch.ingest.PersonalFields;
import io.tidewatch.ingest.SourceSettings;
import io.tidewatch.ingest.SourceSetup;
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
import java.util.ArrayList;
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
  private static final Duration DEFAULT_DISORDER = Duration.ofSeconds(10);
  private static final Duration DEFAULT_IDLENESS = Duration.ofSeconds(10);
  private static final BigDecimal MOST_MONEY = BigDecimal.TEN.pow(14);
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
        root.required("clickhouse").map(YamlNode::map).flatMap(this::endpoint).orElse(null),
        batching,
        AlertmanagerReader.read(root, environment),
        DashboardLinksReader.read(root),
        root.optional("retention").map(SettingsReader::retention).orElse(Map.of()),
        root.optional("unit_economics")
            .map(node -> unitEconomics(node.map()))
            .orElse(UnitEconomics.UNKNOWN),
        root.optional("health").map(HealthReader::read).orElse(HealthSettings.DEFAULT),
        ingest(root),
        root.required("sources").map(SettingsReader::sources).orElse(List.of()),
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

  private Batching batching = Batching.DEFAULT;

  private Optional<ClickHouseEndpoint> endpoint(YamlMap map) {
    map.optional("batch").map(YamlNode::map).ifPresent(batch -> batching = batching(batch));
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

  private static Batching batching(YamlMap map) {
    return new Batching(
        map.integer("rows").map(Math::toIntExact).orElse(Batching.DEFAULT.rows()),
        map.duration("interval").orElse(Batching.DEFAULT.interval()),
        map.duration("patience").orElse(Batching.DEFAULT.patience()));
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
            .map(node -> personalFields(node.map()))
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

  private static PersonalFields personalFields(YamlMap map) {
    return new PersonalFields(strings(map, "drop"), strings(map, "hash"), strings(map, "mask"));
  }

  private static Set<String> strings(YamlMap map, String key) {
    return map.optional(key).map(YamlNode::strings).map(Set::copyOf).orElse(Set.of());
  }

  private static List<SourceSetup> sources(YamlNode node) {
    List<SourceSetup> sources = new ArrayList<>();
    node.map()
        .entries()
        .forEach((name, source) -> source(name, source.map()).ifPresent(sources::add));
    return sources;
  }

  private static Optional<SourceSetup> source(String name, YamlMap map) {
    if (!name.matches("[a-z][a-z0-9_-]*")) {
      map.node().problem("a source's name is made of lower-case letters, digits, - and _");
    }
    List<String> topics = map.required("topics").map(YamlNode::strings).orElse(List.of());
    Optional<String> format =
        map.required("format").flatMap(value -> value.oneOf(EventFormats.NAMES));
    Optional<FlatOptions> flat = map.optional("flat").flatMap(value -> flat(value.map()));
    if (format.isPresent() && format.get().equals("flat") != flat.isPresent()) {
      map.node().problem("'flat' goes with the format flat, and with no other");
      return Optional.empty();
    }
    Duration outOfOrderness = map.duration("max_out_of_orderness").orElse(DEFAULT_DISORDER);
    Duration idleness = map.duration("idleness").orElse(DEFAULT_IDLENESS);
    Duration horizon = map.duration("deduplication").orElse(null);
    boolean enrichment = map.bool("enrichment").orElse(true);
    PersonalFields personal =
        map.optional("personal_fields")
            .map(value -> personalFields(value.map()))
            .orElse(PersonalFields.none());
    return format.map(
        known ->
            new SourceSetup(
                new SourceSettings(
                    name, topics, known, flat.orElse(null), horizon, enrichment, personal),
                outOfOrderness,
                idleness));
  }

  private static Optional<FlatOptions> flat(YamlMap map) {
    Optional<String> type = map.string("type");
    Optional<String> typeField = map.string("type_field");
    Map<String, String> fields = texts(map, "fields");
    Map<String, String> constants = texts(map, "constants");
    if (type.isPresent() == typeField.isPresent()) {
      map.node().problem("expected either 'type' or 'type_field'");
      return Optional.empty();
    }
    return Optional.of(
        new FlatOptions(type.orElse(null), typeField.orElse(null), fields, constants));
  }

  private static Map<String, String> texts(YamlMap map, String key) {
    Map<String, String> texts = new HashMap<>();
    map.optional(key)
        .map(node -> node.map().entries())
        .orElse(Map.of())
        .forEach((name, node) -> node.string().ifPresent(value -> texts.put(name, value)));
    return texts;
  }
}
