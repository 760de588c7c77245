package io.tidewatch.customers;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A row of {@code customer_transitions}: a customer's health is called otherwise than before.
 *
 * @param before the last score, of another category
 * @param segment empty while none is known
 * @param churnProbability null while none is known
 * @param version how many events of the customer had been applied
 */
public record CustomerTransition(
    String customerId,
    Instant time,
    HealthScore before,
    HealthScore after,
    String segment,
    Double churnProbability,
    long version) {

  private static final int NAMED_PARTS = 2;
  private static final double ROUNDING = 0.05;

  /** A sentence that names the parts of the score that changed most in its direction. */
  public String reason() {
    boolean fell = after.score() < before.score();
    List<HealthPart> parts =
        Arrays.stream(HealthPart.values())
            .filter(part -> movedBy(part, fell) >= ROUNDING)
            .sorted(Comparator.comparingDouble((HealthPart part) -> -movedBy(part, fell)))
            .limit(NAMED_PARTS)
            .toList();
    return "Health %s from %d to %d: %s"
        .formatted(
            fell ? "fell" : "rose",
            before.score(),
            after.score(),
            parts.stream()
                .map(part -> "%s by %s".formatted(part.word(), text(movedBy(part, fell))))
                .collect(Collectors.joining(" and ")));
  }

  /** How many points a part moved in the direction of the score. */
  private double movedBy(HealthPart part, boolean fell) {
    double rose = after.points(part) - before.points(part);
    return fell ? -rose : rose;
  }

  private static String text(double points) {
    long tenths = Math.round(10 * points);
    return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
  }
}
