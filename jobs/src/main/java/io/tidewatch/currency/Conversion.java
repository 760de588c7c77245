package io.tidewatch.currency;

import io.tidewatch.event.Event;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gives events their money in the reporting currency. What they said first stays with them, in the
 * properties {@link #ORIGINAL_AMOUNT} and {@link #ORIGINAL_CURRENCY}, next to the {@link #RATE}.
 *
 * <p>Money is the {@code amount}, and the {@code daily_budget} of {@code campaign.budget};
 * converted, it is rounded half-even to 4 decimals.
 *
 * @param currency to report in
 */
public record Conversion(String currency) implements Serializable {

  /**
   * What one unit of the original currency was worth; absent where no rate was known. No producer
   * can say so in its place, as ingest takes no name with a NUL.
   */
  public static final String RATE = "\0fx_rate";

  public static final String ORIGINAL_AMOUNT = "\0original_amount";
  public static final String ORIGINAL_CURRENCY = "\0original_currency";

  private static final String BUDGET = "campaign.budget";
  private static final String DAILY_BUDGET = "daily_budget";
  private static final int DECIMALS = 4;

  /** Whether the event tells money of another currency. */
  public boolean concerns(Event event) {
    return event.currency() != null
        && !event.currency().equals(currency)
        && (event.amount() != null || event.type().equals(BUDGET));
  }

  /** The event with its money converted. */
  public Event converted(Event event, BigDecimal rate) {
    Map<String, String> properties = withOriginal(event);
    properties.put(RATE, rate.toPlainString());
    if (event.type().equals(BUDGET)) {
      properties.computeIfPresent(
          DAILY_BUDGET, (name, budget) -> money(new BigDecimal(budget), rate).toPlainString());
    }
    return event
        .withProperties(properties)
        .withMoney(event.amount() == null ? null : money(event.amount(), rate), currency);
  }

  /** The event without its money, where no rate is known: it counts, but in no total. */
  public Event withoutMoney(Event event) {
    Map<String, String> properties = withOriginal(event);
    if (event.type().equals(BUDGET)) {
      properties.remove(DAILY_BUDGET);
    }
    return event.withProperties(properties).withMoney(null, event.currency());
  }

  /** The amount that an event told before it was converted. */
  public static BigDecimal originalAmount(Event event) {
    return Optional.ofNullable(event.get(ORIGINAL_AMOUNT))
        .map(BigDecimal::new)
        .orElse(event.amount());
  }

  /** The currency of {@link #originalAmount}. */
  public static String originalCurrency(Event event) {
    return Optional.ofNullable(event.get(ORIGINAL_CURRENCY)).orElse(event.currency());
  }

  /**
   * What a unit of {@link #originalCurrency} was worth: 1 if the event was in no need of
   * conversion, empty if no rate was known.
   */
  public static Optional<BigDecimal> rate(Event event) {
    if (event.get(ORIGINAL_CURRENCY) == null) {
      return Optional.of(BigDecimal.ONE);
    }
    return Optional.ofNullable(event.get(RATE)).map(BigDecimal::new);
  }

  private static Map<String, String> withOriginal(Event event) {
    Map<String, String> properties = new HashMap<>(event.properties());
    properties.put(ORIGINAL_CURRENCY, event.currency());
    if (event.amount() != null) {
      properties.put(ORIGINAL_AMOUNT, event.amount().toPlainString());
    }
    return properties;
  }

  private static BigDecimal money(BigDecimal original, BigDecimal rate) {
    return original.multiply(rate).setScale(DECIMALS, RoundingMode.HALF_EVEN);
  }
}
