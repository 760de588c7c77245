package io.tidewatch.pattern.event;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Evidence;
import io.tidewatch.alert.Figures;
import io.tidewatch.alert.Resolution;
import io.tidewatch.event.Event;
import io.tidewatch.pattern.AlertEnding;
import io.tidewatch.pattern.AlertPattern;
import io.tidewatch.pattern.EventWording;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sequence of events of one series, matched in the order in which they are known ({@link
 * SeriesEvent#knownAt}).
 */
public abstract class EventPattern implements AlertPattern<SeriesEvent> {

  private static final int MOST_EVIDENCE = 20;

  private final AlertProfile profile;
  private final EventWording wording;

  EventPattern(AlertProfile profile, EventWording wording) {
    this.profile = profile;
    this.wording = wording;
  }

  /** What the event is of, such as campaign to spring; empty if the pattern does not look at it. */
  abstract Map<String, String> dimensionsOf(Event event);

  /** The properties that are looked at. */
  abstract List<String> properties();

  /** Whether the pattern looks at an event of its series, late ones among them. */
  boolean concerns(SeriesEvent event) {
    return !event.isLate();
  }

  /** What made good with this event, as a sentence. */
  abstract Optional<String> recovery(SeriesEvent event);

  /**
   * Whether the event is of a type and subject that the pattern looks at; {@link #elementOf} may
   * still leave out a late one.
   */
  public final boolean looksAt(Event event) {
    return !dimensionsOf(event).isEmpty();
  }

  /** The event as the pattern sees it; empty if it does not look at it. */
  public final Optional<SeriesEvent> elementOf(Event event) {
    Map<String, String> dimensions = dimensionsOf(event);
    if (dimensions.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> properties = new HashMap<>();
    for (String name : properties()) {
      String value = event.get(name);
      if (value != null) {
        properties.put(name, value);
      }
    }
    boolean late = event.isLateFor(event.time().toEpochMilli() + 1, 0);
    return Optional.of(
            new SeriesEvent(
                wording.series(dimensions),
                event.customerBy(dimensions.keySet()),
                event.id(),
                event.time(),
                late ? Instant.ofEpochMilli(event.watermark() + 1) : event.time(),
                event.type(),
                properties))
        .filter(this::concerns);
  }

  @Override
  public final AlertProfile profile() {
    return profile;
  }

  @Override
  public final Optional<AlertEnding> endingOf(SeriesEvent event) {
    return recovery(event)
        .map(
            what ->
                new AlertEnding(
                    profile.rule(),
                    event.series(),
                    event.knownAt(),
                    Resolution.RECOVERED,
                    "Over: " + what));
  }

  final EventWording wording() {
    return wording;
  }

  /**
   * @param matched in the order they are known
   * @param firedAt how far event time has come by then
   */
  final Alert alert(List<SeriesEvent> matched, Instant firedAt, Figures figures, String summary) {
    SeriesEvent first = matched.get(0);
    List<SeriesEvent> lastOnes =
        matched.subList(Math.max(0, matched.size() - MOST_EVIDENCE), matched.size());
    return Alert.firing(
        profile,
        first.series(),
        first.customerId(),
        first.time(),
        first.time(),
        firedAt,
        figures,
        summary,
        lastOnes.stream().map(EventPattern::evidence).toList());
  }

  private static Evidence evidence(SeriesEvent event) {
    return new Evidence(event.type(), event.eventId(), event.time(), null, null, null);
  }
}
