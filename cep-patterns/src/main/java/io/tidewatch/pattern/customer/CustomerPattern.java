package io.tidewatch.pattern.customer;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Evidence;
import io.tidewatch.alert.Figures;
import io.tidewatch.alert.Resolution;
import io.tidewatch.pattern.AlertEnding;
import io.tidewatch.pattern.AlertPattern;
import io.tidewatch.pattern.Lifetime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A sequence of events of one customer; its alert names the customer, what it pays per month, the
 * reason, and what to do next.
 *
 * <p>Events are matched in the order in which they are known ({@link CustomerEvent#knownAt}). What
 * comes late begins nothing; what makes good does so whenever it comes. An alert also ends when the
 * customer pays nothing any more, and after 90 days.
 */
public abstract class CustomerPattern implements AlertPattern<CustomerEvent> {

  private static final Duration LONGEST_LIFE = Duration.ofDays(90);

  private final AlertProfile profile;
  private final CustomerWording wording;

  CustomerPattern(AlertProfile profile, CustomerWording wording) {
    this.profile = profile;
    this.wording = wording;
  }

  /** Whether the pattern looks at the event: others are not shown to it. */
  public abstract boolean concerns(CustomerEvent event);

  /** What made good with this event, such as {@code a payment succeeded}. */
  abstract Optional<String> recovery(CustomerEvent event);

  @Override
  public final AlertProfile profile() {
    return profile;
  }

  @Override
  public final Lifetime lifetime() {
    return Lifetime.atMost(LONGEST_LIFE);
  }

  @Override
  public final Optional<AlertEnding> endingOf(CustomerEvent event) {
    Optional<AlertEnding> recovered =
        recovery(event).map(what -> ending(event, Resolution.RECOVERED, "Over: %s: %s.", what));
    return event.isDeparture()
        ? recovered.or(
            () ->
                Optional.of(
                    ending(event, Resolution.NO_DATA, "no_data: %s %s.", "pays nothing any more")))
        : recovered;
  }

  final CustomerWording wording() {
    return wording;
  }

  /**
   * Such as: Acme (customer c-17, MRR 1,200.00): no payment since Monday. Next: call them.
   *
   * @param matched in the order they are known
   * @param firedAt how far event time has to come for it to be known
   */
  final Alert alert(List<CustomerEvent> matched, Instant firedAt, String reason, String nextStep) {
    CustomerEvent first = matched.get(0);
    CustomerEvent last = matched.get(matched.size() - 1);
    return Alert.firing(
        profile,
        wording.series(first.customerId()),
        first.customerId(),
        first.time(),
        first.time(),
        firedAt,
        new Figures(last.mrr().doubleValue(), null, null),
        "%s: %s. Next: %s.".formatted(nameOf(last), reason, nextStep),
        matched.stream().map(CustomerPattern::evidence).toList());
  }

  /** Such as {@code of 99.00 USD failed at 10:04:05 on 2 Mar (card_declined)}. */
  final String failure(CustomerEvent payment) {
    String amount = payment.get("amount");
    String code = payment.get("failure_code");
    return (amount == null
            ? ""
            : "of %s %s ".formatted(wording.money(new BigDecimal(amount)), payment.get("currency")))
        + "failed "
        + wording.moment(payment.time())
        + (code == null ? "" : " (" + code + ")");
  }

  private AlertEnding ending(
      CustomerEvent event, Resolution resolution, String sentence, String what) {
    return new AlertEnding(
        profile.rule(),
        wording.series(event.customerId()),
        event.knownAt(),
        resolution,
        sentence.formatted(nameOf(event), what));
  }

  private String nameOf(CustomerEvent event) {
    String customer = "customer " + event.customerId();
    String pays = "MRR " + wording.money(event.mrr());
    return event.companyName().isEmpty()
        ? "Customer %s (%s)".formatted(event.customerId(), pays)
        : "%s (%s, %s)".formatted(event.companyName(), customer, pays);
  }

  private static Evidence evidence(CustomerEvent event) {
    String value = event.figure();
    return new Evidence(
        event.type(),
        event.eventId(),
        event.time(),
        null,
        value == null ? null : Double.valueOf(value),
        null);
  }
}
