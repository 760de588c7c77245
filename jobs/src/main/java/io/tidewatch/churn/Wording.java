package io.tidewatch.churn;

import java.util.Locale;

/** Numbers as people write them. */
final class Wording {

  private Wording() {}

  static String whole(double number) {
    return String.format(Locale.ROOT, "%,d", Math.round(number));
  }

  static String count(double number, String unit) {
    return whole(number) + " " + unit + (Math.round(number) == 1 ? "" : "s");
  }

  static String percent(double share) {
    return String.format(
        Locale.ROOT, share < 0.1 && share > 0 ? "%.1f %%" : "%.0f %%", share * 100);
  }

  static String money(double amount) {
    return String.format(Locale.ROOT, "%,.2f", amount);
  }
}
