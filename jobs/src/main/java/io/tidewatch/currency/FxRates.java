package io.tidewatch.currency;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Exchange rates to one reporting currency. The rate of a date is the latest one on or before it,
 * for banks publish none on some days; one older than {@link #MOST_DAYS_OLD} days is none.
 */
public final class FxRates {

  /** Bridges any run of holidays; {@code v_converted_events} knows it too. */
  public static final int MOST_DAYS_OLD = 7;

  private final Map<String, NavigableMap<LocalDate, FxRate>> byCurrency = new HashMap<>();

  /** Adds a rate, in the place of an older version of the same day. */
  public void add(FxRate rate) {
    byCurrency
        .computeIfAbsent(rate.currency(), currency -> new TreeMap<>())
        .merge(rate.day(), rate, FxRate::orNewer);
  }

  /** What a unit of the currency is worth on a date; empty if that is not known. */
  public Optional<BigDecimal> at(String currency, LocalDate date) {
    return Optional.ofNullable(byCurrency.get(currency))
        .map(days -> days.floorEntry(date))
        .filter(latest -> !latest.getKey().isBefore(date.minusDays(MOST_DAYS_OLD)))
        .map(latest -> latest.getValue().rate());
  }
}
