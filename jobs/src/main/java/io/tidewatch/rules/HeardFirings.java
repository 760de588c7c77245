package io.tidewatch.rules;

import io.tidewatch.alert.Alert;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * What people hear of the alerts of one rule: of muted ones when the mute ends, and of no more at
 * once than the rule may fire.
 *
 * @param heard in the order in which they are heard of
 * @param muted how many were over by the end of their mute
 * @param capped how many fired while as many as may were told
 */
public record HeardFirings(List<Firing> heard, int muted, int capped) {

  /**
   * @param until when nobody listens any more
   * @param zone whose hours the rule is muted in
   */
  public static HeardFirings of(List<Firing> firings, Instant until, ZoneId zone) {
    List<Firing> unmuted =
        firings.stream()
            .map(firing -> afterMute(firing, until, zone))
            .flatMap(Optional::stream)
            .sorted(Comparator.comparing(Firing::firedAt))
            .toList();
    List<Firing> heard = new ArrayList<>();
    PriorityQueue<Instant> ends = new PriorityQueue<>();
    for (Firing firing : unmuted) {
      while (!ends.isEmpty() && !ends.peek().isAfter(firing.firedAt())) {
        ends.remove();
      }
      if (ends.size() < firing.fired().profile().mostFiring()) {
        heard.add(firing);
        ends.add(firing.resolved().map(Alert::updatedAt).orElse(Instant.MAX));
      }
    }
    return new HeardFirings(heard, firings.size() - unmuted.size(), unmuted.size() - heard.size());
  }

  private static Optional<Firing> afterMute(Firing firing, Instant until, ZoneId zone) {
    Alert fired = firing.fired();
    Instant latest = firing.resolved().map(Alert::updatedAt).orElse(until);
    return fired
        .profile()
        .heardAt(firing.firedAt(), latest, zone)
        .map(time -> new Firing(fired.asOf(time), firing.resolved()));
  }
}
