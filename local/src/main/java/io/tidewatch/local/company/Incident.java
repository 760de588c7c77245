package io.tidewatch.local.company;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Something that befalls the company for a while. What happens outside of its time is as ever. */
public abstract class Incident {

  private static final String BEYOND_CAP = "series=~capped";

  private final IncidentKind kind;
  private final Instant startedAt;
  private final Instant endedAt;

  Incident(IncidentKind kind, Span span) {
    this.kind = kind;
    this.startedAt = span.start();
    this.endedAt = span.end();
  }

  public IncidentKind kind() {
    return kind;
  }

  /** As persons and files call it; there is one such name. */
  public String name() {
    return kind.name().toLowerCase(Locale.ROOT) + "-" + startedAt.getEpochSecond();
  }

  public Instant startedAt() {
    return startedAt;
  }

  /** The first instant at which all is well again. */
  public Instant endedAt() {
    return endedAt;
  }

  /** The rules that it may fire by itself, as long as it is. */
  public final List<String> rules() {
    return kind.rulesWithin(Duration.between(startedAt, endedAt));
  }

  /**
   * The series in which it shows, as metrics and alerts write them: the total, which is the empty
   * one, the one that stands for those that a rule has not told of because there were so many, and
   * those of its own. A {@code *} at the end stands for any value.
   */
  public final List<String> series() {
    return Stream.concat(Stream.of("", BEYOND_CAP), ownSeries().stream()).toList();
  }

  /** The series that it shows in besides the total. */
  abstract List<String> ownSeries();

  /** What becomes of an event that would have happened anyway; empty: it does not happen. */
  Optional<CompanyEvent> change(CompanyEvent event) {
    return Optional.of(event);
  }

  /** What happens only because of it, within its time. */
  void tell(Feed feed) {}

  boolean covers(Instant time) {
    return !time.isBefore(startedAt) && time.isBefore(endedAt);
  }
}
