package io.tidewatch.alertmanager;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Alertmanager has to hear of, by alert.
 *
 * <p>A firing alert stays and is repeated, as Alertmanager keeps alerts in memory only and takes
 * those that it hears no more of for resolved. The end of an alert that it knew is repeated for a
 * while after it was accepted, should Alertmanager crash before it told anybody; the end of one
 * that it never knew is told once. So the outbox holds the firing alerts, those that wait for
 * Alertmanager, and those that ended lately.
 */
final class Outbox {

  private static final Duration END_REPEATED_FOR = Duration.ofMinutes(15);

  private final Duration resend;
  private final Map<String, HeldAlert> held = new LinkedHashMap<>();

  Outbox(Duration resend) {
    this.resend = resend;
  }

  /** Takes back what an outbox held; all of it is told again at once. */
  void restore(Collection<HeldAlert> alerts) {
    alerts.forEach(
        one ->
            held.put(
                one.alert().id(), new HeldAlert(one.alert(), one.told(), null, one.keptUntil())));
  }

  /** Adds an alert that fires, or has ended; one that is known in this state is no news. */
  void put(PostableAlert alert) {
    held.compute(
        alert.id(),
        (id, known) -> {
          if (known == null) {
            return HeldAlert.fresh(alert);
          }
          return known.alert().version() < alert.version() ? known.changed(alert) : known;
        });
  }

  /** What is to be told now, at most so many. */
  List<PostableAlert> due(Instant now, int most) {
    return held.values().stream()
        .filter(one -> !dueAt(one).isAfter(now))
        .limit(most)
        .map(HeldAlert::alert)
        .toList();
  }

  /** When the next is due; nothing where the outbox is empty. */
  Optional<Instant> nextDue() {
    return held.values().stream().map(this::dueAt).min(Instant::compareTo);
  }

  /** Alertmanager has these. */
  void accepted(List<PostableAlert> alerts, Instant now) {
    alerts.forEach(
        alert -> held.computeIfPresent(alert.id(), (id, known) -> accepted(known, alert, now)));
  }

  private static HeldAlert accepted(HeldAlert known, PostableAlert alert, Instant now) {
    if (known.alert().version() != alert.version()) {
      return known.toldBefore();
    }
    if (alert.isFiring()) {
      return known.accepted(now, null);
    }
    if (!known.told() || known.keptUntil() != null && !known.keptUntil().isAfter(now)) {
      return null;
    }
    return known.accepted(
        now, known.keptUntil() == null ? now.plus(END_REPEATED_FOR) : known.keptUntil());
  }

  /** Alertmanager will never take this one. */
  void refused(PostableAlert alert) {
    held.remove(alert.id());
  }

  /** How many it has not accepted yet as they are now. */
  int waiting() {
    return (int) held.values().stream().filter(one -> one.acceptedAt() == null).count();
  }

  List<HeldAlert> contents() {
    return List.copyOf(held.values());
  }

  private Instant dueAt(HeldAlert one) {
    return one.acceptedAt() == null ? Instant.MIN : one.acceptedAt().plus(resend);
  }
}
