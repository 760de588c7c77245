package io.tidewatch.ingest;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/**
 * What ingest does alike for all sources.
 *
 * @param computeUnitMultipliers by endpoint; 1 for any other
 * @param ownHosts hosts of the company's own sites: a visit that one of them refers is direct
 * @param webProperties the properties that web events keep
 * @param personalFields personal fields of all sources
 * @param pseudonymKey key of the HMAC-SHA256 that replaces personal values; not empty
 */
public record IngestSettings(
    Map<String, BigDecimal> computeUnitMultipliers,
    Set<String> ownHosts,
    Set<String> webProperties,
    PersonalFields personalFields,
    byte[] pseudonymKey)
    implements Serializable {

  public static final Map<String, BigDecimal> DEFAULT_MULTIPLIERS =
      Map.of(
          "/quantize", BigDecimal.valueOf(5),
          "/inference", BigDecimal.valueOf(3),
          "/batch-process", BigDecimal.valueOf(10),
          "/analyze", BigDecimal.valueOf(2));

  public static final Set<String> DEFAULT_WEB_PROPERTIES =
      Set.of(
          "path",
          "title",
          "referrer",
          "utm_source",
          "utm_medium",
          "utm_campaign",
          "utm_term",
          "utm_content",
          "channel",
          "campaign",
          "country",
          "device",
          "duration_ms",
          "load_ms",
          "form",
          "content",
          "plan",
          "tier");

  public IngestSettings {
    computeUnitMultipliers = Map.copyOf(computeUnitMultipliers);
    ownHosts = Set.copyOf(ownHosts);
    webProperties = Set.copyOf(webProperties);
    if (pseudonymKey.length == 0) {
      throw new IllegalArgumentException("the key that replaces personal values is empty");
    }
  }

  /** What ships. */
  public static IngestSettings defaults(byte[] pseudonymKey) {
    return new IngestSettings(
        DEFAULT_MULTIPLIERS,
        Set.of(),
        DEFAULT_WEB_PROPERTIES,
        PersonalFields.defaults(),
        pseudonymKey);
  }
}
