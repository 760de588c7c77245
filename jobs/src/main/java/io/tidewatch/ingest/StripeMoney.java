package io.tidewatch.ingest;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

/**
 * Amounts as Stripe writes them: in the smallest unit of a currency, which isn't always that of ISO
 * 4217. Icelandic krónur and Ugandan shillings have no smaller unit, yet Stripe keeps writing them
 * with two decimals.
 */
final class StripeMoney {

  private static final Set<String> WITHOUT_DECIMALS =
      Set.of(
          "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF",
          "XOF", "XPF");

  private static final Set<String> WITH_THREE_DECIMALS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

  private StripeMoney() {}

  /** The ISO 4217 code of what Stripe writes in lower case; null for null. */
  static String currency(String code) {
    return code == null ? null : code.toUpperCase(Locale.ROOT);
  }

  /**
   * The amount in major units.
   *
   * @param currency in upper case
   */
  static BigDecimal major(BigDecimal minor, String currency) {
    return minor.movePointLeft(decimals(currency));
  }

  private static int decimals(String currency) {
    if (WITHOUT_DECIMALS.contains(currency)) {
      return 0;
    }
    return WITH_THREE_DECIMALS.contains(currency) ? 3 : 2;
  }
}
