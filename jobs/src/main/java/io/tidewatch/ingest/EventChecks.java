package io.tidewatch.ingest;

import io.tidewatch.event.EventCatalogue;
import io.tidewatch.event.Property;
import io.tidewatch.ingest.PropertyList.Kind;
import io.tidewatch.ingest.PropertyRule.Role;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;

/** The checks that reject an event. */
final class EventChecks {

  /** How far a producer's clock may be ahead. */
  static final Duration FUTURE_TOLERANCE = Duration.ofMinutes(5);

  /** Of a long, whatever they are. */
  private static final int SAFE_DIGITS = 18;

  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private EventChecks() {}

  /**
   * Checks all but the id, {@code amount} and {@code currency}; numbers are in plain notation
   * afterwards.
   *
   * @param rules of its type
   */
  static void check(Candidate event, PropertyRules rules, Instant receivedAt, QualityTally tally)
      throws Rejection {
    event.properties.applyRules(rules);
    String missing = event.type == null ? "type" : firstMissing(event, rules, tally);
    event.throwIfRejected();
    if (missing != null) {
      throw missing(missing);
    }
    if (event.time == null) {
      throw missing("time");
    }
    checkTime(event.time, receivedAt);
    checkIdentities(event);
    checkProperties(event.properties);
  }

  /**
   * Takes the amount out of the properties; null if absent.
   *
   * @throws Rejection FIELD_TYPE, NUMBER_OUT_OF_RANGE, AMOUNT_NEGATIVE
   */
  static BigDecimal takeAmount(PropertyList properties) throws Rejection {
    int index = properties.indexOf(Role.AMOUNT);
    if (index < 0) {
      return null;
    }
    BigDecimal amount = money(properties, index);
    if (amount.signum() < 0) {
      throw new Rejection(ReasonCode.AMOUNT_NEGATIVE, "amount must not be below 0");
    }
    properties.remove(index);
    return amount;
  }

  /**
   * Takes the currency out of the properties; null if absent.
   *
   * @throws Rejection CURRENCY_INVALID
   */
  static String takeCurrency(PropertyList properties) throws Rejection {
    int index = properties.indexOf(Role.CURRENCY);
    if (index < 0) {
      return null;
    }
    String currency = properties.text(index);
    if (!CURRENCIES.contains(currency)) {
      throw new Rejection(
          ReasonCode.CURRENCY_INVALID, "currency must be an ISO 4217 code such as EUR");
    }
    properties.remove(index);
    return currency;
  }

  private static String firstMissing(Candidate event, PropertyRules rules, QualityTally tally) {
    String missing = null;
    if (EventCatalogue.requiresCustomer(event.type)) {
      boolean hasCustomer = event.customerId != null;
      tally.expect(1, hasCustomer ? 1 : 0);
      missing = hasCustomer ? null : "customer_id";
    }
    long absent = rules.requiredBits();
    for (int i = 0; i < event.properties.size(); i++) {
      if (!event.properties.text(i).isEmpty()) {
        absent &= ~event.properties.rule(i).requiredBit();
      }
    }
    int expected = Long.bitCount(rules.requiredBits());
    tally.expect(expected, expected - Long.bitCount(absent));
    return missing != null || absent == 0 ? missing : "properties." + rules.nameOfFirst(absent);
  }

  private static Rejection missing(String field) {
    return new Rejection(ReasonCode.FIELD_MISSING, field + " is required");
  }

  private static void checkTime(Instant time, Instant receivedAt) throws Rejection {
    checkRange("time", time);
    if (time.toEpochMilli() - receivedAt.toEpochMilli() > FUTURE_TOLERANCE.toMillis()) {
      throw new Rejection(
          ReasonCode.TIME_IN_FUTURE, "time is more than 5 minutes after the record's receipt");
    }
  }

  private static void checkRange(String field, Instant time) throws Rejection {
    if (time.isBefore(Limits.FIRST_TIME) || time.isAfter(Limits.LAST_TIME)) {
      throw new Rejection(
          ReasonCode.TIME_OUT_OF_RANGE, field + " must lie within the years 1900 to 2299");
    }
  }

  private static void checkIdentities(Candidate event) throws Rejection {
    checkName("type", event.type, event.isClean);
    checkName("customer_id", event.customerId, event.isClean);
    checkName("user_id", event.userId, event.isClean);
    checkName("anonymous_id", event.anonymousId, event.isClean);
    checkName("session_id", event.sessionId, event.isClean);
  }

  private static void checkName(String field, String text, boolean isClean) throws Rejection {
    Texts.check(field, text, isClean, Limits.NAME_CHARACTERS, ReasonCode.TEXT_TOO_LONG);
  }

  private static void checkProperties(PropertyList properties) throws Rejection {
    for (int i = 0; i < properties.size(); i++) {
      PropertyRule rule = properties.rule(i);
      if (rule.rejection() != null) {
        throw rule.rejection();
      }
      checkText(properties, i, rule);
      if (rule.role() == Role.CONVERSION_RATE) {
        checkConversionRate(properties, i);
      }
      if (rule.declared() != null) {
        checkKind(properties, i, rule.declared());
      }
    }
  }

  private static void checkText(PropertyList properties, int index, PropertyRule rule)
      throws Rejection {
    String text = properties.text(index);
    if (properties.kind(index).isNumber()) {
      properties.replaceText(index, Decimals.plain(rule.path(), text));
    } else {
      Texts.check(
          rule.path(),
          text,
          properties.isClean(index),
          Limits.TEXT_CHARACTERS,
          ReasonCode.TEXT_TOO_LONG);
    }
  }

  private static void checkConversionRate(PropertyList properties, int index) throws Rejection {
    BigDecimal rate = Decimals.number("properties.conversion_rate", properties.text(index));
    if (rate.signum() < 0 || rate.compareTo(BigDecimal.ONE) > 0) {
      throw new Rejection(
          ReasonCode.CONVERSION_RATE_RANGE, "conversion_rate must lie between 0 and 1");
    }
  }

  private static void checkKind(PropertyList properties, int index, Property property)
      throws Rejection {
    Kind kind = properties.kind(index);
    String text = properties.text(index);
    switch (property.kind()) {
      case TEXT -> require(kind != Kind.ARRAY, property, "a string");
      case NUMBER -> require(kind.isNumber(), property, "a number");
      case INTEGER -> {
        require(kind == Kind.INTEGER, property, "an integer");
        checkWhole(property, text);
      }
      case MONEY -> properties.replaceText(index, money(properties, index).toPlainString());
      case BOOLEAN -> require(kind == Kind.BOOLEAN, property, "true or false");
      case TIMESTAMP -> checkTimestamp(property, text, kind);
    }
    if (!property.values().isEmpty() && !property.values().contains(text)) {
      throw new Rejection(
          ReasonCode.VALUE_NOT_ALLOWED,
          "properties."
              + property.name()
              + " must be one of "
              + property.values().stream().sorted().toList());
    }
  }

  private static void require(boolean holds, Property property, String expected) throws Rejection {
    if (!holds) {
      throw new Rejection(
          ReasonCode.FIELD_TYPE, "properties." + property.name() + " must be " + expected);
    }
  }

  private static void checkWhole(Property property, String integer) throws Rejection {
    boolean isSafe = integer.length() <= SAFE_DIGITS && integer.charAt(0) != '-';
    if (isSafe && property.minimum() <= 0 && property.maximum() == Long.MAX_VALUE) {
      return;
    }
    try {
      long value = Long.parseLong(integer);
      if (value > property.maximum()) {
        throw new Rejection(
            ReasonCode.NUMBER_OUT_OF_RANGE,
            "properties." + property.name() + " must be at most " + property.maximum());
      }
      if (value >= property.minimum()) {
        return;
      }
    } catch (NumberFormatException tooLong) {
      throw new Rejection(
          ReasonCode.NUMBER_OUT_OF_RANGE, "properties." + property.name() + " must fit 64 bits");
    }
    throw new Rejection(
        ReasonCode.NUMBER_OUT_OF_RANGE,
        "properties." + property.name() + " must be " + property.minimum() + " or more");
  }

  private static BigDecimal money(PropertyList properties, int index) throws Rejection {
    String field = "properties." + properties.name(index);
    Kind kind = properties.kind(index);
    if (!kind.isNumber() && kind != Kind.TEXT) {
      throw new Rejection(ReasonCode.FIELD_TYPE, field + " must be a decimal number");
    }
    return Decimals.money(field, properties.text(index));
  }

  private static void checkTimestamp(Property property, String text, Kind kind) throws Rejection {
    Instant time =
        kind == Kind.INTEGER || kind == Kind.TEXT
            ? Timestamps.parseProperty(text, ZoneOffset.UTC)
            : null;
    require(time != null, property, "RFC 3339 with an offset, a date or epoch milliseconds");
    checkRange("properties." + property.name(), time);
  }
}
