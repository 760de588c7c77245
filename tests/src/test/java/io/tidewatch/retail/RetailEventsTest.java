package io.tidewatch.retail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.IngestSettings;
import io.tidewatch.ingest.RawRecord;
import io.tidewatch.ingest.Reading;
import io.tidewatch.ingest.RecordReader;
import io.tidewatch.ingest.SourceSettings;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetailEventsTest {

  private final RecordReader reader =
      new RecordReader(
          SourceSettings.tidewatch("replay", "replay-events"),
          IngestSettings.defaults("a key for tests".getBytes(UTF_8)));

  @Test
  void aLineIsAPaymentToTheLastDigit() {
    Event event = accepted("2010-12-01 08:26:00,536365,85123A,6,2.5512,17850,United \"Kingdom\"");
    assertThat(event.type()).isEqualTo("payment.succeeded");
    assertThat(event.id()).isEqualTo("retail-7");
    assertThat(event.time()).isEqualTo("2010-12-01T08:26:00Z");
    assertThat(event.amount()).isEqualTo("15.3072"); // 6 × 2.5512
    assertThat(event.customerId()).isEqualTo("17850");
    assertThat(event.get("country")).isEqualTo("United \"Kingdom\"");
  }

  @Test
  void aCancellationIsARefundOfWhatIsGivenBack() {
    Event event = accepted("2010-12-01 09:41:00,C536379,D,-1,27.50,14527,United Kingdom");
    assertThat(event.type()).isEqualTo("payment.refunded");
    assertThat(event.amount()).isEqualTo("27.50");
  }

  @Test
  void aLineOfNobodyAndNothingIsAPaymentAllTheSame() {
    Event event = accepted("2010-12-01 11:52:00,536414,22139,-56,0.0,,United Kingdom");
    assertThat(event.customerId()).isNull();
    assertThat(event.amount()).isEqualByComparingTo("0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2010-12-01 08:26:00,536365,85123A,6,2.55,17850                  | JSON_INVALID
          2010-12-01 08:26:00,536365,85123A,six,2.55,17850,United Kingdom | JSON_INVALID
          2010-12-01 08:26:00,536365,85123A,5,2.55555,17850,EIRE          | NUMBER_OUT_OF_RANGE
          2010-02-30 08:26:00,536365,85123A,6,2.55,17850,United Kingdom   | TIME_UNREADABLE
          2010-12-01 08:26:00,A563185,B,1,-11062.06,,United Kingdom       | AMOUNT_NEGATIVE
          2010-12-01 08:26:00,536365,85123A,-6,2.55,17850,United Kingdom  | AMOUNT_NEGATIVE
          """)
  void aLineThatCannotBeAnEventIsRejectedWithAReason(String line, String code) {
    Reading reading = read(line);
    assertThat(reading.events()).isEmpty();
    assertThat(reading.deadLetter().reasonCode()).isEqualTo(code);
    assertThat(reading.deadLetter().reason()).isNotEmpty();
  }

  private Event accepted(String line) {
    Reading reading = read(line);
    assertThat(reading.deadLetter()).isNull();
    return reading.events().get(0);
  }

  private Reading read(String line) {
    byte[] record = RetailEvents.event(line, 7).getBytes(UTF_8);
    return reader.read(
        new RawRecord(
            "replay", "replay-events", 0, 0, Instant.parse("2026-03-01T12:00:00Z"), record));
  }
}
