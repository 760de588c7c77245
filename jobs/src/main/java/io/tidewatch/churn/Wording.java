package io.tidewatch.churn;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people write them. */
final class Wording {

  private Wording() {}

  static String whole(double number) {
    long whole = Math.round(number);
    // a score has many of these, with nothing to group in most; the formatter is slow
    return -1000 < whole && whole < 1000
        ? Long.toString(whole)
        : String.format(Locale.ROOT, "%,d", whole);
  }

  static String count(double number, String unit) {
    return whole(number) + " " + unit + (Math.round(number) == 1 ? "" : "s");
  }

  static String percent(double share) {
    int decimals = share < 0.1 && share > 0 ? 1 : 0;
    return BigDecimal.valueOf(share * 100).setScale(decimals, RoundingMode.HALF_UP).toPlainString()
        + " %";
  }

  static String money(double amount) {
    return String.format(Locale.ROOT, "%,.2f", amount);
  }
}
