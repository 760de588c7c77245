package io.tidewatch.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Records as they would lie in Kafka. */
final class Records {

  static final Instant RECEIVED = Instant.parse("2026-03-01T12:00:00Z");
  static final byte[] KEY = "a key for tests".getBytes(StandardCharsets.UTF_8);

  private Records() {}

  static RawRecord record(byte[] value) {
    return new RawRecord("shop", "web-events", 3, 42, RECEIVED, value);
  }

  static RawRecord record(String json) {
    return record(json.getBytes(StandardCharsets.UTF_8));
  }

  static RecordReader reader() {
    return new RecordReader(
        SourceSettings.tidewatch("shop", "web-events"), IngestSettings.defaults(KEY));
  }

  static Reading read(String json) {
    return reader().read(record(json));
  }

  /** A payment of that amount and currency, each as JSON. */
  static String payment(String amount, String currency) {
    return event("payment.succeeded", "{\"amount\":" + amount + ",\"currency\":" + currency + "}");
  }

  static String event(String type, String properties) {
    return "{\"id\":\"e-1\",\"type\":\""
        + type
        + "\",\"time\":\"2026-03-01T11:59:00Z\",\"customer_id\":\"acme\",\"properties\":"
        + properties
        + "}";
  }
}
