package io.tidewatch.ingest;

import io.tidewatch.event.EventType;
import java.math.BigDecimal;
import java.util.Map;

/** Adds what an event itself tells but does not say: compute units and channel. */
final class Enrichment {

  private final ComputeUnits computeUnits;
  private final ChannelGrouping channels;

  Enrichment(IngestSettings settings) {
    this.computeUnits = new ComputeUnits(settings.computeUnitMultipliers());
    this.channels = new ChannelGrouping(settings.ownHosts());
  }

  /**
   * @param told properties as the producer told them
   * @param kept those that leave ingest; gets the new ones where it lacks them
   */
  void enrich(EventType type, PropertyList told, Map<String, String> kept) {
    if (type.name().equals("api.request") && told.indexOf("compute_units") < 0) {
      BigDecimal responseTime = new BigDecimal(told.get("response_time_ms"));
      kept.put(
          "compute_units", computeUnits.of(told.get("endpoint"), responseTime).toPlainString());
    }
    if (type.web() && told.indexOf("channel") < 0) {
      kept.put(
          "channel",
          channels.channelOf(told.get("utm_source"), told.get("utm_medium"), told.get("referrer")));
    }
  }
}
