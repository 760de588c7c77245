package io.tidewatch.local.company;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Something that befalls the company for a while. What happens outside of its time is as ever. */
public abstract class Incident {

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

  /**
   * The series of metrics in which it shows, as metrics write them; the total is the empty one. A
   * {@code *} at the end stands for any value.
   */
  public abstract List<String> series();

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
