package io.tidewatch.customers;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * On which local day a customer last used each feature, of the last 30 days.
 *
 * <p>Of a producer that puts identifiers into names, the {@value #MOST} features used last.
 */
final class FeatureUse {

  static final int MOST = 64;

  private final Map<String, Long> lastUsed = new HashMap<>();

  void usedOn(long day, String feature) {
    lastUsed.merge(feature, day, Math::max);
    lastUsed.values().removeIf(used -> used <= day - RecentDays.LENGTH);
    if (lastUsed.size() > MOST) {
      lastUsed.entrySet().stream()
          .min(
              Map.Entry.<String, Long>comparingByValue()
                  .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
          .ifPresent(oldest -> lastUsed.remove(oldest.getKey()));
    }
  }

  /** How many distinct ones were used within so many days that end with {@code asOf}. */
  int distinct(long asOf, int days) {
    return (int) lastUsed.values().stream().filter(used -> used > asOf - days).count();
  }

  Map<String, Long> all() {
    return lastUsed;
  }
}
