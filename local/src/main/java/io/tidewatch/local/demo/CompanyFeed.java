package io.tidewatch.local.demo;

import io.tidewatch.local.UserException;
import io.tidewatch.local.company.Company;
import io.tidewatch.local.company.CustomerTrouble;
import io.tidewatch.local.company.Delivery;
import io.tidewatch.local.company.Incident;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Sends what happens in the company when it happens, by the company's clock; first all that has
 * happened so far. Every second it marks how far it has got.
 */
final class CompanyFeed implements AutoCloseable {

  private static final long SEND_EVERY_MILLIS = 20;
  private static final Duration MARK_EVERY = Duration.ofSeconds(1);
  private static final long SAY_EVERY = 5_000;

  private final Company company;
  private final Delivery delivery;
  private final CompanyProducer producer;
  private final Clock wallClock;
  private final ScheduledExecutorService sending =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "company"));

  /** When events of the live part were sent, by id. */
  private final Map<String, Instant> sentAt = new ConcurrentHashMap<>();

  /** When it was marked that nothing older follows, by that time. */
  private final NavigableMap<Instant, Instant> marks = new ConcurrentSkipListMap<>();

  private volatile CompanyClock clock;
  private volatile RuntimeException failure;
  private Instant nextMark = Instant.MIN;
  private boolean live;
  private volatile Instant over;
  private long repeated;

  CompanyFeed(
      Company company,
      Delivery delivery,
      CompanyProducer producer,
      CompanyClock clock,
      Clock wallClock) {
    this.company = company;
    this.delivery = delivery;
    this.producer = producer;
    this.clock = clock;
    this.wallClock = wallClock;
  }

  /**
   * Sends all that has happened until now.
   *
   * @param progress is told how many events were sent, now and then
   */
  synchronized void sendHistory(LongConsumer progress) {
    while (!delivery.peek().at().isAfter(now())) {
      send(delivery.next());
      if (producer.sent() % SAY_EVERY == 0) {
        progress.accept(producer.sent());
      }
    }
    producer.flush();
    sendDue();
  }

  /** From now on what happens is sent as it happens. */
  void start() {
    sending.scheduleWithFixedDelay(
        this::sendDueOrFail, 0, SEND_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Lets incidents begin in a moment, and the company live at that speed.
   *
   * @return when the first one may begin, in the company
   */
  synchronized Instant live(double speed) {
    live = true;
    clock = clock.fasterFrom(wallClock.instant(), speed);
    Instant from = now().plus(Delivery.LONGEST).truncatedTo(ChronoUnit.MILLIS);
    company.planIncidents(from);
    return from;
  }

  /** Those that have begun. */
  synchronized List<Incident> incidents() {
    Instant now = now();
    return company.incidents().stream()
        .filter(incident -> !incident.startedAt().isAfter(now))
        .toList();
  }

  /** What customers got into by themselves. */
  synchronized List<CustomerTrouble> troubles() {
    return company.troubles();
  }

  synchronized long sent() {
    return producer.sent();
  }

  /** How many of those were sent for the second time. */
  synchronized long repeated() {
    return repeated;
  }

  /** Those that Kafka has of before a minute, once it has taken all that were sent until then. */
  SentByMinute.Total sentBefore(Instant minute) {
    return producer.taken().before(minute);
  }

  /** When an event was sent; known of those that were sent since incidents began. */
  Optional<Instant> sentAt(String id) {
    return Optional.ofNullable(sentAt.get(id));
  }

  /** When it was first marked that nothing before that time follows. */
  Optional<Instant> markedAt(Instant time) {
    return Optional.ofNullable(marks.ceilingEntry(time)).map(Map.Entry::getValue);
  }

  /** When it was, or will be, that time in the company, since it lives at its speed. */
  Instant wallAt(Instant company) {
    return clock.wallAt(company);
  }

  /** What time it is in the company, or was when it ended. */
  Instant now() {
    Instant ended = over;
    return ended == null ? clock.at(wallClock.instant()) : ended;
  }

  /**
   * @throws UserException if sending failed
   */
  void failIfStopped() {
    RuntimeException cause = failure;
    if (cause != null) {
      throw cause;
    }
  }

  private void sendDueOrFail() {
    try {
      sendDue();
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  /** Nothing happens any more, while it is still told that nothing does. */
  synchronized void end() {
    Instant end = now();
    sendDue(end);
    over = end;
    producer.flush();
  }

  private synchronized void sendDue() {
    sendDue(now());
  }

  private void sendDue(Instant now) {
    while (over == null && !delivery.peek().at().isAfter(now)) {
      Delivery.Dispatch dispatch = delivery.next();
      if (live && !dispatch.repeated()) {
        sentAt.put(dispatch.event().id(), wallClock.instant());
      }
      send(dispatch);
    }
    Instant wall = wallClock.instant();
    if (!wall.isBefore(nextMark)) {
      producer.mark(now.minus(Delivery.LONGEST));
      marks.putIfAbsent(now.minus(Delivery.LONGEST), wall);
      nextMark = wall.plus(MARK_EVERY);
    }
  }

  private void send(Delivery.Dispatch dispatch) {
    producer.send(dispatch.event(), dispatch.repeated());
    repeated += dispatch.repeated() ? 1 : 0;
  }

  @Override
  public void close() {
    sending.shutdown();
    try {
      sending.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
