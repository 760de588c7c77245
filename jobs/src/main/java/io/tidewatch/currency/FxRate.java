package io.tidewatch.currency;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Currency;

/**
 * What a currency is worth on a day: a row of {@code fx_rates}.
 *
 * @param currency ISO 4217
 * @param quoteCurrency the reporting currency
 * @param epochDay the day, counted from 1970-01-01
 * @param rate units of {@code quoteCurrency} that one unit of {@code currency} is worth; above 0
 * @param version of two rates of a day the greater one counts
 */
public record FxRate(
    String currency, String quoteCurrency, long epochDay, BigDecimal rate, long version)
    implements Serializable {

  /** What the table holds. */
  private static final int DECIMALS = 12;

  private static final int INTEGER_DIGITS = 12;

  /**
   * A rate from its texts.
   *
   * @param day such as {@code 2026-01-05}
   * @throws IllegalArgumentException with a sentence that names what is wrong
   */
  public static FxRate parse(
      String day, String currency, String rate, String quoteCurrency, long version) {
    return new FxRate(
        currencyOf(currency), quoteCurrency, dayOf(day).toEpochDay(), numberOf(rate), version);
  }

  public LocalDate day() {
    return LocalDate.ofEpochDay(epochDay);
  }

  /** Which of two rates of a day counts. */
  public FxRate orNewer(FxRate other) {
    return other.version >= version ? other : this;
  }

  private static LocalDate dayOf(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("date must be one such as 2026-01-05, not '" + text + "'");
    }
  }

  private static String currencyOf(String text) {
    try {
      return Currency.getInstance(text).getCurrencyCode();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("currency must be an ISO 4217 code, not '" + text + "'");
    }
  }

  private static BigDecimal numberOf(String text) {
    BigDecimal rate;
    try {
      rate = new BigDecimal(text).stripTrailingZeros();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("rate must be a decimal number, not '" + text + "'");
    }
    if (rate.signum() <= 0) {
      throw new IllegalArgumentException("rate must be above 0");
    }
    if (rate.scale() > DECIMALS || rate.precision() - rate.scale() > INTEGER_DIGITS) {
      throw new IllegalArgumentException(
          "rate must have at most %d digits before the point and %d after it"
              .formatted(INTEGER_DIGITS, DECIMALS));
    }
    return rate;
  }
}
