package io.tidewatch.ingest;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * One configured source.
 *
 * @param name identity of its events, together with their id
 * @param topics where it reads
 * @param format one of {@link EventFormats#NAMES}
 * @param flat options of the format {@code flat}; null for any other
 * @param deduplicationHorizon how long, in event time, an id is remembered; null: not at all
 * @param enrichment whether its events get compute units, a channel and the customer's profile
 * @param personalFields personal fields of this source, besides those of all
 */
public record SourceSettings(
    String name,
    List<String> topics,
    String format,
    FlatOptions flat,
    Duration deduplicationHorizon,
    boolean enrichment,
    PersonalFields personalFields)
    implements Serializable {

  public SourceSettings {
    topics = List.copyOf(topics);
  }

  /** A source in Tidewatch's own format: enriched, not deduplicated, no personal fields. */
  public static SourceSettings tidewatch(String name, String... topics) {
    return new SourceSettings(
        name, List.of(topics), "tidewatch", null, null, true, PersonalFields.none());
  }

  /** A flat source: enriched, not deduplicated, no personal fields. */
  public static SourceSettings flat(String name, FlatOptions options, String... topics) {
    return new SourceSettings(
        name, List.of(topics), "flat", options, null, true, PersonalFields.none());
  }

  /**
   * @param flat null for any format but {@code flat}
   */
  public SourceSettings inFormat(String format, FlatOptions flat) {
    return new SourceSettings(
        name, topics, format, flat, deduplicationHorizon, enrichment, personalFields);
  }
}
