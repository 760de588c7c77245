package io.tidewatch.ingest;

/** Why a record was rejected. Names are stable: dead letters, metrics and repairs rely on them. */
public enum ReasonCode {
  RECORD_NULL("The record has no value.", false),
  RECORD_EMPTY("The record holds nothing but white space.", false),
  RECORD_TOO_LARGE("The record is larger than ingest reads.", false),
  ENCODING_INVALID("The record is not valid UTF-8, or begins with a byte order mark.", false),
  JSON_INVALID("The record is not one well-formed JSON value.", false),
  JSON_TOO_DEEP("Objects and arrays nest deeper than ingest reads.", false),
  NOT_AN_OBJECT("The record is JSON but not an object.", false),
  FIELD_DUPLICATE("Two fields have the same name after flattening.", false),
  FIELD_MISSING("A required field is absent, null or empty.", false),
  FIELD_TYPE("A field has the wrong JSON type.", true),
  TOO_MANY_PROPERTIES("The event has more properties than the tables hold.", false),
  TEXT_TOO_LONG("A text is longer than the tables hold.", true),
  TEXT_INVALID("A text holds a NUL character or half of a surrogate pair.", true),
  ID_TOO_LONG("The id is longer than 128 characters.", true),
  TIME_UNREADABLE("The time is neither RFC 3339 with offset nor epoch milliseconds.", true),
  TIME_OUT_OF_RANGE("The time lies outside the years 1900 to 2299.", true),
  TIME_IN_FUTURE("The time is more than 5 minutes after the record's receipt.", true),
  NUMBER_OUT_OF_RANGE("A number has more digits than the tables hold.", true),
  AMOUNT_NEGATIVE("The amount is below 0.", true),
  CONVERSION_RATE_RANGE("The conversion rate is not between 0 and 1.", true),
  CURRENCY_INVALID("The currency is not an ISO 4217 code.", true),
  VALUE_NOT_ALLOWED("The value is not one of those the catalogue allows.", true),
  FX_RATE_INVALID("The record is not an exchange rate: date, currency and rate.", false),
  READER_FAILED("Reading the record failed in a way nobody foresaw.", false);

  private final String sentence;
  private final boolean valueRule;

  ReasonCode(String sentence, boolean valueRule) {
    this.sentence = sentence;
    this.valueRule = valueRule;
  }

  /** What the code means, for people. */
  public String sentence() {
    return sentence;
  }

  /** Whether a present value broke a rule; such a rejection lowers accuracy. */
  public boolean isValueRule() {
    return valueRule;
  }
}
