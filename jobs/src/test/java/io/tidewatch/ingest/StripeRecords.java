package io.tidewatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;

/** Webhook events of Stripe, their JSON with ' for ". */
final class StripeRecords {

  /** When they all happened, in seconds and as a time. */
  static final long CREATED = 1_767_225_600;

  static final String CREATED_AT = "2026-01-01T00:00:00Z";

  private StripeRecords() {}

  static RecordReader reader() {
    return new RecordReader(
        SourceSettings.tidewatch("stripe", "stripe-events").inFormat("stripe", null),
        IngestSettings.defaults(Records.KEY));
  }

  static String webhook(String type, String object) {
    return webhook(type, object, "{}");
  }

  static String webhook(String type, String object, String previous) {
    return """
        {'id':'evt_1','object':'event','created':%d,'livemode':true,'type':'%s',
         'data':{'object':%s,'previous_attributes':%s}}
        """
        .formatted(CREATED, type, object, previous);
  }

  static Reading read(String webhook) {
    return reader().read(Records.record(webhook.replace('\'', '"')));
  }

  /** The one event that the webhook's becomes. */
  static Event accepted(String webhook) {
    Reading reading = read(webhook);
    assertThat(reading.deadLetter()).isNull();
    assertThat(reading.events()).hasSize(1);
    return reading.events().get(0);
  }

  static Event accepted(String type, String object) {
    return accepted(webhook(type, object));
  }

  static void assertRejected(String webhook, ReasonCode code, String field) {
    Reading reading = read(webhook);
    assertThat(reading.end()).isEqualTo(RecordEnd.REJECTED);
    assertThat(reading.deadLetter().reasonCode()).isEqualTo(code.name());
    assertThat(reading.deadLetter().reason()).contains(field);
  }
}
