package io.tidewatch.ingest;

import static io.tidewatch.ingest.Records.event;
import static io.tidewatch.ingest.Records.payment;
import static io.tidewatch.ingest.Records.read;
import static io.tidewatch.ingest.Records.reader;
import static io.tidewatch.ingest.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.currency.Conversion;
import io.tidewatch.event.Event;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {

  @Test
  void acceptsAnEventWithAllItsParts() {
    Reading reading =
        read(
            """
            {"id":"e-1","type":"payment.succeeded","time":"2026-03-01T12:59:00.1239+01:00",
             "customer_id":"acme","user_id":"u","anonymous_id":"a","session_id":"s","source":"till",
             "consent":{"analytics":true},"unknown":{"key":[1]},
             "properties":{"amount":"19.90","currency":"EUR","invoice_id":7,"nothing":null,
               "nested":{"deep":{"flag":true}},"list":[1,"two",{"three":3.10}],"big":1.5e3}}
            """);

    assertThat(reading.end()).isEqualTo(RecordEnd.ACCEPTED);
    assertThat(reading.deadLetter()).isNull();
    assertThat(reading.flags()).isEmpty();
    assertThat(reading.quality()).isEqualTo(new ReadingQuality(2, 2, 1, 1, 0));
    assertThat(reading.events())
        .containsExactly(
            new Event(
                "shop",
                "e-1",
                "payment.succeeded",
                Instant.parse("2026-03-01T11:59:00.123Z"),
                Records.RECEIVED,
                "acme",
                "u",
                "a",
                "s",
                new BigDecimal("19.90"),
                "EUR",
                Map.of(
                    "source", "till",
                    "invoice_id", "7",
                    "nested.deep.flag", "true",
                    "list", "[1,\"two\",{\"three\":3.10}]",
                    "big", "1500"),
                false,
                Event.NEVER_LATE));
  }

  @Test
  void withoutAnIdItsPlaceInKafkaIsTheIdentity() {
    Reading reading = read("{\"type\":\"demo.requested\",\"time\":1772366340000}");
    assertThat(reading.events().get(0).id()).isEqualTo("web-events-3-42");
    assertThat(reading.events().get(0).time()).isEqualTo(Instant.parse("2026-03-01T11:59:00Z"));
  }

  @Test
  void aPropertyNamedSourceOutranksTheProducersWord() {
    Reading reading =
        read("{\"type\":\"t\",\"time\":0,\"source\":\"a\",\"properties\":{\"source\":\"b\"}}");
    assertThat(reading.events().get(0).properties()).isEqualTo(Map.of("source", "b"));
  }

  @Test
  void keepsAndCountsATypeItDoesNotKnow() {
    Reading reading = read(event("stripe.price.updated", "{\"nickname\":\"gold\"}"));
    assertThat(reading.end()).isEqualTo(RecordEnd.ACCEPTED);
    assertThat(reading.events().get(0).properties()).containsEntry("nickname", "gold");
    assertThat(reading.quality().unknownTypes()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                            | RECORD_EMPTY
          ' '                                                           | RECORD_EMPTY
          {                                                             | JSON_INVALID
          {} {}                                                         | JSON_INVALID
          {"a":NaN}                                                     | JSON_INVALID
          {"a":'x'}                                                     | JSON_INVALID
          {"a":1,}                                                      | JSON_INVALID
          {"type":"t","type":"t"}                                       | FIELD_DUPLICATE
          {"type":"t","x":{"a":1,"a":2}}                                | FIELD_DUPLICATE
          []                                                            | NOT_AN_OBJECT
          "text"                                                        | NOT_AN_OBJECT
          null                                                          | NOT_AN_OBJECT
          {}                                                            | FIELD_MISSING
          {"type":"demo.requested"}                                     | FIELD_MISSING
          {"type":"","time":0}                                          | FIELD_MISSING
          {"type":"customer.created","time":0}                          | FIELD_MISSING
          {"type":"customer.renamed","time":0}                          | FIELD_MISSING
          {"type":"subscription.canceled","time":0,"customer_id":"c"}   | FIELD_MISSING
          {"type":"feature.used","time":0,"properties":{"feature":""}}  | FIELD_MISSING
          {"type":"feature.used","time":0,"properties":{"feature":[1]}} | FIELD_TYPE
          {"type":5,"time":0}                                           | FIELD_TYPE
          {"id":5,"type":"t","time":0}                                  | FIELD_TYPE
          {"type":"t","time":0,"customer_id":{}}                        | FIELD_TYPE
          {"type":"t","time":0,"properties":[]}                         | FIELD_TYPE
          {"type":"t","time":0,"consent":true}                          | FIELD_TYPE
          {"type":"t","time":0,"consent":{"analytics":"no"}}            | FIELD_TYPE
          {"type":"t","time":"yesterday"}                               | TIME_UNREADABLE
          {"type":"t","time":"2026-03-01T11:59:00"}                     | TIME_UNREADABLE
          {"type":"t","time":1.5}                                       | TIME_UNREADABLE
          {"type":"t","time":true}                                      | TIME_UNREADABLE
          {"type":"t","time":{"a":1}}                                   | TIME_UNREADABLE
          {"type":"t","time":99999999999999999999}                      | TIME_OUT_OF_RANGE
          {"type":"t","time":0,"properties":{"a.b":1,"a":{"b":2}}}      | FIELD_DUPLICATE
          {"type":"t","time":0,"properties":{"a":"\\u0000"}}            | TEXT_INVALID
          {"type":"t","time":0,"properties":{"a":"\\ud800"}}            | TEXT_INVALID
          {"type":"t","time":0,"properties":{"\\ud800":1}}              | JSON_INVALID
          {"type":"t\\u0000","time":0}                                  | TEXT_INVALID
          {"type":"t","time":0,"properties":{"a":1e30}}                 | NUMBER_OUT_OF_RANGE
          {"type":"t","time":0,"properties":{"a":1e999999999}}          | NUMBER_OUT_OF_RANGE
          {"type":"t","time":0,"properties":{"conversion_rate":"x"}}    | FIELD_TYPE
          """)
  void rejectsWithAStableCode(String json, ReasonCode code) {
    assertRejected(read(json), code);
  }

  @Test
  void rejectsWhatIsNoText() {
    byte[] invalid = event("t", "{\"a\":\"é\"}").getBytes(StandardCharsets.ISO_8859_1);
    byte[] overlong = {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'};
    byte[] surrogate = {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'};
    assertRejected(reader().read(record((byte[]) null)), ReasonCode.RECORD_NULL);
    assertRejected(reader().read(record(invalid)), ReasonCode.ENCODING_INVALID);
    assertRejected(reader().read(record(overlong)), ReasonCode.ENCODING_INVALID);
    assertRejected(reader().read(record(surrogate)), ReasonCode.ENCODING_INVALID);
    assertRejected(read("\uFEFF{}"), ReasonCode.ENCODING_INVALID);
    assertRejected(
        reader().read(record("{}".getBytes(StandardCharsets.UTF_16LE))),
        ReasonCode.ENCODING_INVALID);
  }

  @Test
  void rejectsBeyondEachLimitAndAcceptsAtIt() {
    assertAccepted(read(event("t", "{\"a\":\"" + "x".repeat(65_536) + "\"}")));
    assertRejected(
        read(event("t", "{\"a\":\"" + "x".repeat(65_537) + "\"}")), ReasonCode.TEXT_TOO_LONG);
    assertAccepted(read(event("t", "{\"" + "n".repeat(256) + "\":1}")));
    assertRejected(read(event("t", "{\"" + "n".repeat(257) + "\":1}")), ReasonCode.TEXT_TOO_LONG);
    assertAccepted(read(withId("i".repeat(128))));
    assertRejected(read(withId("i".repeat(129))), ReasonCode.ID_TOO_LONG);
    assertAccepted(read(event("t", numbered(1_000))));
    assertRejected(read(event("t", numbered(1_001))), ReasonCode.TOO_MANY_PROPERTIES);
    // the event and its properties are two levels
    assertAccepted(read(event("t", nested(62))));
    assertRejected(read(event("t", nested(63))), ReasonCode.JSON_TOO_DEEP);
    assertRejected(read(" ".repeat(1 << 20) + "{}"), ReasonCode.RECORD_TOO_LARGE);
    assertAccepted(read(event("t", "{\"a\":" + "9".repeat(30) + "}")));
    assertRejected(
        read(event("t", "{\"a\":" + "9".repeat(31) + "}")), ReasonCode.NUMBER_OUT_OF_RANGE);
    assertAccepted(read(event("t", "{\"a\":5e-324}")));
  }

  private static String withId(String id) {
    return "{\"id\":\"" + id + "\",\"type\":\"t\",\"time\":0}";
  }

  private static String numbered(int properties) {
    StringBuilder json = new StringBuilder("{\"p0\":0");
    for (int i = 1; i < properties; i++) {
      json.append(",\"p").append(i).append("\":").append(i);
    }
    return json.append('}').toString();
  }

  private static String nested(int levels) {
    return "{\"a\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          2026-03-01T12:05:00.000Z, true
          2026-03-01T12:05:00.001Z, false
          2026-03-01T13:05:00+01:00, true
          2026-03-01T06:35:00-05:30, true
          1900-01-01T00:00:00Z, true
          1899-12-31T23:59:59.999Z, false
          """)
  void acceptsTimesTheTablesHoldUpToFiveMinutesAhead(String time, boolean accepted) {
    Reading reading = read("{\"type\":\"t\",\"time\":\"" + time + "\"}");
    assertThat(reading.end()).isEqualTo(accepted ? RecordEnd.ACCEPTED : RecordEnd.REJECTED);
  }

  @Test
  void tellsTheFutureFromWhatNoTableHolds() {
    assertRejected(
        read("{\"type\":\"t\",\"time\":\"2026-03-01T12:05:00.001Z\"}"), ReasonCode.TIME_IN_FUTURE);
    assertRejected(
        read("{\"type\":\"t\",\"time\":\"2300-01-01T00:00:00Z\"}"), ReasonCode.TIME_OUT_OF_RANGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0                     | 0
          -0                    | 0
          "19.90"               | 19.90
          1e2                   | 100
          1.50000               | 1.5000
          99999999999999.9999   | 99999999999999.9999
          "0.0001"              | 0.0001
          """)
  void readsAmountsExactly(String json, BigDecimal amount) {
    Event event = read(payment(json, "\"EUR\"")).events().get(0);
    assertThat(event.amount()).isEqualTo(amount);
    assertThat(event.properties()).doesNotContainKeys("amount", "currency");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -0.01                | "EUR" | AMOUNT_NEGATIVE
          "-1"                 | "EUR" | AMOUNT_NEGATIVE
          0.00001              | "EUR" | NUMBER_OUT_OF_RANGE
          100000000000000      | "EUR" | NUMBER_OUT_OF_RANGE
          1e99                 | "EUR" | NUMBER_OUT_OF_RANGE
          "1,5"                | "EUR" | FIELD_TYPE
          "+1"                 | "EUR" | FIELD_TYPE
          "e"                  | "EUR" | FIELD_TYPE
          "1e9999999"          | "EUR" | NUMBER_OUT_OF_RANGE
          ".5"                 | "EUR" | FIELD_TYPE
          "١"                  | "EUR" | FIELD_TYPE
          true                 | "EUR" | FIELD_TYPE
          []                   | "EUR" | FIELD_TYPE
          null                 | "EUR" | FIELD_MISSING
          1                    | null  | FIELD_MISSING
          1                    | "EU"  | CURRENCY_INVALID
          1                    | "eur" | CURRENCY_INVALID
          1                    | 978   | CURRENCY_INVALID
          """)
  void rejectsMoneyThatIsNone(String amount, String currency, ReasonCode code) {
    assertRejected(read(payment(amount, currency)), code);
  }

  @ParameterizedTest
  @CsvSource({"0,true", "1,true", "0.5,true", "-0.0001,false", "1.0001,false"})
  void holdsConversionRatesToTheirRange(String rate, boolean accepted) {
    Reading reading = read(event("t", "{\"conversion_rate\":" + rate + "}"));
    assertThat(reading.end()).isEqualTo(accepted ? RecordEnd.ACCEPTED : RecordEnd.REJECTED);
    if (!accepted) {
      assertRejected(reading, ReasonCode.CONVERSION_RATE_RANGE);
      assertThat(reading.quality()).isEqualTo(new ReadingQuality(0, 0, 1, 0, 0));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "200" | 12    | FIELD_TYPE
          200.5 | 12    | FIELD_TYPE
          200   | "12"  | FIELD_TYPE
          200   | true  | FIELD_TYPE
          9223372036854775808 | 12 | NUMBER_OUT_OF_RANGE
          """)
  void holdsRequiredNumbersToTheirKind(String status, String responseTime, ReasonCode code) {
    assertRejected(read(apiRequest("/x", status, responseTime)), code);
  }

  @ParameterizedTest
  @CsvSource({"0,true", "1000000000,true", "-1,false", "1000000001,false"})
  void holdsQuantitiesToWhatTablesHoldTheRevenueOf(String quantity, boolean accepted) {
    Reading reading =
        read(
            event(
                "subscription.started",
                "{\"subscription_id\":\"s\",\"plan\":\"pro\",\"amount\":\"99999999999999.9999\","
                    + "\"currency\":\"EUR\",\"interval\":\"day\",\"quantity\":"
                    + quantity
                    + "}"));
    assertThat(reading.end()).isEqualTo(accepted ? RecordEnd.ACCEPTED : RecordEnd.REJECTED);
    if (!accepted) {
      assertRejected(reading, ReasonCode.NUMBER_OUT_OF_RANGE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {Conversion.RATE, Conversion.ORIGINAL_AMOUNT, Conversion.ORIGINAL_CURRENCY})
  void letsNoProducerSayWhatMoneyWasConvertedAt(String property) {
    String escaped = property.replace("\0", "\\u0000");
    assertRejected(
        read(event("unheard.of", "{\"" + escaped + "\":\"2\"}")), ReasonCode.TEXT_INVALID);
  }

  @Test
  void holdsEnumerationsToTheCatalogue() {
    assertAccepted(read(event("error.raised", "{\"service\":\"api\",\"severity\":\"critical\"}")));
    assertRejected(
        read(event("error.raised", "{\"service\":\"api\",\"severity\":\"bad\"}")),
        ReasonCode.VALUE_NOT_ALLOWED);
  }

  @Test
  void namesTheFirstInTheCatalogueOfThoseThatAreMissing() {
    Reading reading =
        read(event("api.request", "{\"response_time_ms\":12,\"method\":\"\",\"plan\":\"pro\"}"));
    assertRejected(reading, ReasonCode.FIELD_MISSING);
    assertThat(reading.deadLetter().reason()).isEqualTo("properties.endpoint is required");
    // of the four only the response time is there
    assertThat(reading.quality()).isEqualTo(new ReadingQuality(4, 1, 0, 0, 0));
  }

  @Test
  void namesTheCustomerBeforeAnyProperty() {
    Reading reading =
        read(
            "{\"type\":\"subscription.canceled\",\"time\":\"2026-03-01T11:59:00Z\",\"properties\":{}}");
    assertRejected(reading, ReasonCode.FIELD_MISSING);
    assertThat(reading.deadLetter().reason()).isEqualTo("customer_id is required");
    assertThat(reading.quality()).isEqualTo(new ReadingQuality(2, 0, 0, 0, 0));
  }

  @Test
  void countsRequiredPropertiesThatAreMissing() {
    Reading reading = read(event("payment.succeeded", "{\"currency\":\"EUR\"}"));
    assertRejected(reading, ReasonCode.FIELD_MISSING);
    assertThat(reading.deadLetter().reason()).isEqualTo("properties.amount is required");
    assertThat(reading.quality()).isEqualTo(new ReadingQuality(2, 1, 0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "/inference,999,3",
    "/inference,1000,3",
    "/inference,1500,4.5",
    "/quantize,2000.5,10.0025",
    "/batch-process,-1,10",
    "/analyze,0,2",
    "/other,1001,1.001"
  })
  void computesUnitsOfARequestThatLacksThem(String endpoint, String time, String units) {
    Event event = read(apiRequest(endpoint, "200", time)).events().get(0);
    assertThat(event.get("compute_units")).isEqualTo(units);
  }

  @Test
  void leavesComputeUnitsThatAreThere() {
    Event event =
        read(event(
                "api.request",
                "{\"endpoint\":\"/inference\",\"method\":\"GET\",\"status_code\":200,"
                    + "\"response_time_ms\":1,\"compute_units\":0.5}"))
            .events()
            .get(0);
    assertThat(event.get("compute_units")).isEqualTo("0.5");
  }

  private static String apiRequest(String endpoint, String status, String responseTime) {
    return event(
        "api.request",
        "{\"endpoint\":\""
            + endpoint
            + "\",\"method\":\"GET\",\"status_code\":"
            + status
            + ",\"response_time_ms\":"
            + responseTime
            + "}");
  }

  @Test
  void webEventsKeepAllowListedPropertiesAndGetAChannel() {
    Event event =
        read(event(
                "page.viewed",
                "{\"path\":\"/pricing\",\"referrer\":\"https://www.google.com/\","
                    + "\"fingerprint\":\"f\"}"))
            .events()
            .get(0);
    assertThat(event.properties())
        .isEqualTo(
            Map.of(
                "path", "/pricing",
                "referrer", "https://www.google.com/",
                "channel", "organic_search"));
  }

  @Test
  void webEventsKeepAllowListedPropertiesWhateverCameBefore() {
    String one = "{\"fingerprint\":\"f\"}";
    String three = "{\"path\":\"/\",\"referrer\":\"r\",\"fingerprint\":\"f\"}";
    RecordReader reader = reader();
    reader.read(record(event("unheard.of", three)));
    reader.read(record(event("page.viewed", one)));
    Event event = reader.read(record(event("page.viewed", three))).events().get(0);
    assertThat(event.properties()).doesNotContainKey("fingerprint").containsKey("path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"t\",\"time\":0,\"consent\":{\"analytics\":false}}",
        "{\"consent\":{\"analytics\":false,\"ads\":true}}",
        "{\"id\":5,\"time\":\"never\",\"consent\":{\"analytics\":false}}",
        "{\"properties\":{\"amount\":[]},\"consent\":{\"analytics\":false},\"type\":[]}"
      })
  void keepsNothingWithoutConsentWhateverElseIsWrong(String json) {
    assertThat(read(json))
        .isEqualTo(
            new Reading(RecordEnd.NO_CONSENT, List.of(), null, List.of(), ReadingQuality.NONE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          email      | ann@example.com       |
          work_email | ann@                  | EMAIL_FORMAT
          phone      | +49 (30) 1234-567     |
          phone      | 123456                | PHONE_FORMAT
          a.phone    | call me               | PHONE_FORMAT
          url        | https://example.com/x |
          site_url   | example.com           | URL_FORMAT
          url        | ftp://example.com     | URL_FORMAT
          curl       | no                    |
          """)
  void flagsContactDataOfUnusualFormat(String name, String text, QualityCheck check) {
    Reading reading = read(event("t", "{\"" + name + "\":\"" + text + "\"}"));
    assertThat(reading.end()).isEqualTo(RecordEnd.ACCEPTED);
    assertThat(reading.flags())
        .extracting(QualityFlag::check)
        .isEqualTo(check == null ? List.of() : List.of(check.name()));
    assertThat(reading.quality().passed()).isEqualTo(check == null ? 1 : 0);
  }

  @Test
  void receiptTimesThatNoTableHoldsAreBroughtIntoRange() {
    RawRecord record =
        new RawRecord("shop", "t", 0, 0, Instant.ofEpochMilli(Long.MAX_VALUE), new byte[0]);
    assertThat(reader().read(record).deadLetter().receivedAt()).isEqualTo(Limits.LAST_TIME);
  }

  @Test
  void aDefectInAnAdapterCostsOneRecordAndNotTheJobAndIsTold() {
    RuntimeException defect = new IllegalStateException("ann@example.com");
    EventFormat defective =
        value -> {
          throw defect;
        };
    Map<RawRecord, RuntimeException> unforeseen = new HashMap<>();
    RecordReader reader =
        new RecordReader(
            SourceSettings.tidewatch("shop"),
            IngestSettings.defaults(Records.KEY),
            defective,
            unforeseen::put);
    RawRecord record = record("{}");
    Reading reading = reader.read(record);
    assertRejected(reading, ReasonCode.READER_FAILED);
    assertThat(reading.deadLetter().reason()).doesNotContain("ann");
    assertThat(unforeseen).containsExactly(Map.entry(record, defect));
  }

  @Test
  void whatIsWrongWithARecordIsNoDefect() {
    List<RuntimeException> unforeseen = new ArrayList<>();
    RecordReader reader =
        new RecordReader(
            SourceSettings.tidewatch("shop"),
            IngestSettings.defaults(Records.KEY),
            (record, failure) -> unforeseen.add(failure));
    assertRejected(reader.read(record("{")), ReasonCode.JSON_INVALID);
    assertThat(unforeseen).isEmpty();
  }

  static void assertAccepted(Reading reading) {
    assertThat(reading.deadLetter()).isNull();
    assertThat(reading.end()).isEqualTo(RecordEnd.ACCEPTED);
  }

  static void assertRejected(Reading reading, ReasonCode code) {
    assertThat(reading.end()).isEqualTo(RecordEnd.REJECTED);
    assertThat(reading.deadLetter().reasonCode()).isEqualTo(code.name());
    assertThat(reading.events()).isEmpty();
  }
}
