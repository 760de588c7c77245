package io.tidewatch.ingest;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Exact decimal numbers from their JSON text, within what the tables hold. */
final class Decimals {

  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?(?<exponent>[0-9]++))?");

  /** Exponents of more digits are not worth the attempt. */
  private static final int EXPONENT_DIGITS = 6;

  private Decimals() {}

  /**
   * Plain notation of a JSON number.
   *
   * @throws Rejection NUMBER_OUT_OF_RANGE
   */
  static String plain(String field, String number) throws Rejection {
    if (number.length() <= Limits.NUMBER_INTEGER_DIGITS && !hasExponent(number)) {
      return number;
    }
    return parse(field, number, Limits.NUMBER_INTEGER_DIGITS, Limits.NUMBER_DECIMALS)
        .toPlainString();
  }

  /**
   * An amount of money that {@code Decimal(18, 4)} holds exactly.
   *
   * @throws Rejection FIELD_TYPE if the text is no number, NUMBER_OUT_OF_RANGE
   */
  static BigDecimal money(String field, String text) throws Rejection {
    BigDecimal amount = parse(field, text, Limits.MONEY_INTEGER_DIGITS, Limits.MONEY_DECIMALS);
    return amount.scale() < 0 || amount.scale() > Limits.MONEY_DECIMALS
        ? amount.setScale(Math.min(Math.max(amount.scale(), 0), Limits.MONEY_DECIMALS))
        : amount;
  }

  /** A number of any kind that the tables hold. */
  static BigDecimal number(String field, String text) throws Rejection {
    return parse(field, text, Limits.NUMBER_INTEGER_DIGITS, Limits.NUMBER_DECIMALS);
  }

  private static BigDecimal parse(String field, String text, int integerDigits, int decimals)
      throws Rejection {
    if (text.length() > integerDigits + decimals + Limits.NUMBER_DECIMALS) {
      throw outOfRange(field, integerDigits, decimals);
    }
    Matcher json = JSON_NUMBER.matcher(text);
    if (!json.matches()) {
      throw new Rejection(ReasonCode.FIELD_TYPE, field + " must be a decimal number");
    }
    String exponent = json.group("exponent");
    if (exponent != null && exponent.length() > EXPONENT_DIGITS) {
      throw outOfRange(field, integerDigits, decimals);
    }
    BigDecimal number = new BigDecimal(text);
    if (number.signum() == 0) {
      return number.scale() < 0 || number.scale() > decimals ? BigDecimal.ZERO : number;
    }
    if (number.precision() - number.scale() > integerDigits
        || (number.scale() > decimals && number.stripTrailingZeros().scale() > decimals)) {
      throw outOfRange(field, integerDigits, decimals);
    }
    return number;
  }

  private static boolean hasExponent(String number) {
    for (int i = 0; i < number.length(); i++) {
      if (number.charAt(i) > '9') {
        return true;
      }
    }
    return false;
  }

  private static Rejection outOfRange(String field, int integerDigits, int decimals) {
    return new Rejection(
        ReasonCode.NUMBER_OUT_OF_RANGE,
        field
            + " must have at most "
            + integerDigits
            + " digits before the point and "
            + decimals
            + " after it");
  }
}
