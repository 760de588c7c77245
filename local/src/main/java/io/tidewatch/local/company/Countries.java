package io.tidewatch.local.company;

import java.util.List;

/** Where customers and visitors are, the most frequent first. */
final class Countries {

  private static final List<String> ALL =
      List.of("DE", "US", "GB", "FR", "NL", "AT", "CH", "ES", "SE", "PL", "CA", "IN");

  private Countries() {}

  static String any(Dice dice) {
    return dice.oneOfRanked(ALL);
  }
}
