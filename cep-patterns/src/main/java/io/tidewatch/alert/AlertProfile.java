package io.tidewatch.alert;

import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What all alerts of a rule have in common.
 *
 * @param rule unique name
 * @param pattern name of the CEP pattern behind it; empty if it needs none
 * @param receivers who is told
 * @param actions what is done, such as {@code email} or {@code pause_campaign}
 * @param runbook what to do about it; empty if nobody wrote it down
 * @param mutes when nobody wants to hear of it
 * @param mostFiring for how many series it fires at once
 */
public record AlertProfile(
    String rule,
    String pattern,
    Severity severity,
    List<String> receivers,
    List<String> actions,
    String runbook,
    List<MuteWindow> mutes,
    int mostFiring)
    implements Serializable {

  /** For how many series a rule fires at once unless it says otherwise. */
  public static final int MOST_FIRING = 100;

  /** State that was written before there were mutes has neither them nor a number. */
  public AlertProfile {
    receivers = List.copyOf(receivers);
    actions = List.copyOf(actions);
    mutes = mutes == null ? List.of() : List.copyOf(mutes);
    mostFiring = mostFiring == 0 ? MOST_FIRING : mostFiring;
  }

  /** One that is never muted. */
  public AlertProfile(
      String rule,
      String pattern,
      Severity severity,
      List<String> receivers,
      List<String> actions,
      String runbook) {
    this(rule, pattern, severity, receivers, actions, runbook, List.of(), MOST_FIRING);
  }

  /** The same of a rule that names this pattern. */
  public AlertProfile withPattern(String pattern) {
    return new AlertProfile(
        rule, pattern, severity, receivers, actions, runbook, mutes, mostFiring);
  }

  /**
   * When an alert is heard of that fires then: at once, or when it is muted no more.
   *
   * @return empty if that is later than {@code latest}
   */
  public Optional<Instant> heardAt(Instant fired, Instant latest, ZoneId zone) {
    Instant time = fired;
    Optional<Instant> end = mutedUntil(time, zone);
    while (end.isPresent() && !time.isAfter(latest)) {
      time = end.get();
      end = mutedUntil(time, zone);
    }
    return time.isAfter(latest) ? Optional.empty() : Optional.of(time);
  }

  /** Until when it is muted at least; empty if it is not. */
  public Optional<Instant> mutedUntil(Instant now, ZoneId zone) {
    return mutes.stream()
        .map(window -> window.endAfter(now, zone))
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder());
  }
}
