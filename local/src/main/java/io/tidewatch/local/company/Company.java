package io.tidewatch.local.company;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * A synthetic subscription company: what happens in it, in the order of time, without end.
 *
 * <p>The same seed, number of customers and beginning give the same events, whatever the time is;
 * only what its services tell of themselves depends on when the present begins. The first five
 * weeks are its history, with an incident of each kind; live incidents begin when {@link
 * #planIncidents} says so.
 *
 * <pre>{@code
 * Company company = Company.founded(7, 300, Instant.parse("2026-01-05T00:00:00Z"));
 * CompanyEvent first = company.next();
 * }</pre>
 */
public final class Company implements Iterator<CompanyEvent> {

  /** How long it exists when the present begins, unless it is founded with another history. */
  public static final Duration HISTORY = Duration.ofDays(35);

  private static final Duration WATCHED_BEFORE_PRESENT = Duration.ofHours(7);
  private static final int RADIX = 36;

  private final Instant start;
  private final Clientele clientele;
  private final Incidents incidents;
  private final List<Part> parts;
  private final Queue<Happening> happenings =
      new PriorityQueue<>(
          Comparator.comparing((Happening happening) -> happening.event.time())
              .thenComparing(happening -> happening.event.id()));
  private final List<Incident> begun = new ArrayList<>();
  private final List<Incident> current = new ArrayList<>();
  private Hour hour;

  /**
   * @param ofIncident whether it happens only because of an incident, so that none changes it
   */
  private record Happening(CompanyEvent event, boolean ofIncident) {}

  private Company(long seed, int customers, Instant start, Duration history, boolean troubled) {
    Randomness randomness = new Randomness(seed);
    this.clientele = Clientele.founded(customers, randomness);
    CustomerLife life = new CustomerLife(clientele, randomness);
    this.start = start.truncatedTo(ChronoUnit.HOURS);
    this.hour = new Hour(-1, this.start.minus(Hour.LENGTH));
    this.incidents = new Incidents(clientele, customers, randomness);
    Instant present = this.start.plus(history).truncatedTo(ChronoUnit.HOURS);
    if (troubled) {
      incidents.planHistory(this.start, present);
    }
    this.parts =
        List.of(
            life,
            new ApiTraffic(clientele, randomness),
            new ProductUse(clientele, randomness),
            new WebTraffic(customers, life, new Sales(), randomness),
            new Advertising(customers, randomness),
            new Mailings(clientele, randomness),
            new Support(clientele, randomness),
            new Services(present.minus(WATCHED_BEFORE_PRESENT), randomness),
            new Market(randomness));
  }

  /**
   * @param customers how many it begins with
   * @param start when it begins, to the hour
   */
  public static Company founded(long seed, int customers, Instant start) {
    return founded(seed, customers, start, HISTORY);
  }

  /**
   * A company with a longer history, of which the first five weeks are the eventful ones.
   *
   * @param history how long it exists when the present begins
   */
  public static Company founded(long seed, int customers, Instant start, Duration history) {
    return new Company(seed, customers, start, history, true);
  }

  /** The same company as if nothing had befallen it. */
  static Company untroubled(long seed, int customers, Instant start) {
    return new Company(seed, customers, start, HISTORY, false);
  }

  public Instant start() {
    return start;
  }

  /** Has incidents that can be seen within minutes begin, from a time that has not come yet. */
  public void planIncidents(Instant from) {
    incidents.planLive(from);
  }

  /** All incidents that have begun, the first ones first. */
  public List<Incident> incidents() {
    return List.copyOf(begun);
  }

  /** What customers got into by themselves so far. */
  public List<CustomerTrouble> troubles() {
    return clientele.all().stream().flatMap(customer -> customer.troubles().stream()).toList();
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public CompanyEvent next() {
    while (true) {
      Happening next = upcoming();
      happenings.remove();
      Optional<CompanyEvent> event =
          next.ofIncident ? Optional.of(next.event) : changed(next.event);
      if (event.isPresent()) {
        return event.get();
      }
    }
  }

  /** When the next event happens, or would but for an incident. */
  public Instant nextTime() {
    return upcoming().event.time();
  }

  private Happening upcoming() {
    while (true) {
      Happening next = happenings.peek();
      if (next == null || !next.event.time().isBefore(hour.end())) {
        liveAnHour();
        continue;
      }
      Incident incident = incidents.next(next.event.time());
      if (incident == null) {
        return next;
      }
      begin(incident);
    }
  }

  private void liveAnHour() {
    hour = new Hour(hour.number() + 1, hour.end());
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).live(hour, feed((char) ('a' + i) + Long.toString(hour.number(), RADIX), false));
    }
  }

  private void begin(Incident incident) {
    begun.add(incident);
    current.add(incident);
    incident.tell(feed(incident.name(), true));
  }

  private Feed feed(String name, boolean ofIncident) {
    int[] told = new int[1];
    return draft ->
        happenings.add(
            new Happening(
                draft.withId(name + '-' + Integer.toString(told[0]++, RADIX)), ofIncident));
  }

  private Optional<CompanyEvent> changed(CompanyEvent event) {
    current.removeIf(incident -> !event.time().isBefore(incident.endedAt()));
    Optional<CompanyEvent> changed = Optional.of(event);
    for (Incident incident : current) {
      changed = changed.flatMap(incident::change);
    }
    return changed;
  }
}
