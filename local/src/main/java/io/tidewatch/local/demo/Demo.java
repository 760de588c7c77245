package io.tidewatch.local.demo;

import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.clickhouse.ClickHouseException;
import io.tidewatch.job.Stage;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.LoopbackPort;
import io.tidewatch.local.StopRequest;
import io.tidewatch.local.company.Company;
import io.tidewatch.local.company.Delivery;
import io.tidewatch.local.company.Incident;
import io.tidewatch.local.stack.EngineWatch;
import io.tidewatch.local.stack.JobWatch;
import io.tidewatch.local.stack.LiveJob;
import io.tidewatch.local.stack.LocalStack;
import io.tidewatch.rules.EventRule;
import io.tidewatch.rules.Rule;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A living company on a stack: its history first, then its life as it goes on, and a summary. */
public final class Demo {

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Weeks are read by the hour: within what is usual, sources would wait for one another. */
  private static final Duration HISTORY_ALIGNMENT = Duration.ofHours(6);

  private static final int FIGURES_EVERY_LOOKS = 3;
  private static final Duration UNLIMITED_RUN_AHEAD = Duration.ofMinutes(10);

  /** What a job that has caught up is behind by our clock, as it waits 10 s for late arrivals. */
  private static final Duration NEAR = Duration.ofSeconds(14);

  private static final double NEARLY_ALL = 0.99;
  private static final int SETTLING_LOOKS = 40;

  private final LocalStack stack;
  private final Options options;
  private final Screen screen;
  private final StopRequest stop;
  private final Clock wallClock = Clock.systemUTC();
  private final CompanyClock clock;
  private final Warehouse warehouse;
  private final PrintStream notices;
  private Map<String, Double> figures = Map.of();

  /**
   * @param speed how many times as fast as we the company lives, until it gets to the present
   * @param length of the live part; empty: until it is stopped
   */
  public record Options(long seed, int customers, double speed, Optional<Duration> length) {}

  public Demo(
      LocalStack stack, Options options, PrintStream out, boolean terminal, StopRequest stop) {
    this.stack = stack;
    this.options = options;
    this.screen = terminal ? new TerminalScreen(out) : new PlainScreen(out);
    this.stop = stop;
    this.clock =
        CompanyClock.started(
            wallClock.instant(), options.speed(), options.length().orElse(UNLIMITED_RUN_AHEAD));
    this.warehouse =
        new Warehouse(new ClickHouseClient(stack.settings().clickHouse(), "tidewatch"));
    this.notices = lineByLine(screen);
  }

  /**
   * Runs it.
   *
   * @return whether the stack did what it should, whatever it noticed
   */
  public boolean run() throws InterruptedException {
    Company company =
        Company.founded(
            options.seed(), options.customers(), clock.companyStart().minus(Company.HISTORY));
    Map<String, String> kafka = stack.settings().kafka();
    TruthFile truth = new TruthFile(TruthFile.in(stack.directory().root()));
    try (CompanyProducer producer = new CompanyProducer(kafka, topics());
        CompanyFeed feed =
            new CompanyFeed(
                company, new Delivery(company, options.seed()), producer, clock, wallClock);
        EngineWatch engineWatch = new EngineWatch(stack, notices)) {
      sendHistory(feed);
      truth.write(feed.incidents());
      feed.start();
      TidewatchSettings settings = stack.settings().alignedWithin(HISTORY_ALIGNMENT);
      try (LiveJob job = LiveJob.submit(stack, settings, EnumSet.allOf(Stage.class));
          AlertReader alerts = new AlertReader(kafka, wallClock)) {
        JobWatch watch = new JobWatch(job, notices);
        screen.progress("job starts …");
        if (!watch.awaitRunning(stop) || !catchUp(feed, job, watch)) {
          screen.say("Stopped before the job had read the history: there is nothing to sum up.");
          return false;
        }
        Instant liveOnWall = wallClock.instant();
        Instant liveSince = feed.beginIncidents();
        live(feed, alerts, watch, truth, liveSince, liveOnWall);
        feed.close();
        Duration lived = Duration.between(liveOnWall, wallClock.instant());
        return sumUp(feed, alerts, watch, liveSince, lived);
      }
    }
  }

  private List<String> topics() {
    return stack.settings().sourcesFor(null).stream()
        .flatMap(source -> source.source().topics().stream())
        .distinct()
        .toList();
  }

  private void sendHistory(CompanyFeed feed) {
    Instant began = wallClock.instant();
    feed.sendHistory(sent -> screen.progress("history: %,d events sent …".formatted(sent)));
    screen.say(
        "History     five weeks, %,d events of %,d customers, sent in %s"
            .formatted(feed.sent(), options.customers(), since(began)));
  }

  /** False if it was stopped before. */
  private boolean catchUp(CompanyFeed feed, LiveJob job, JobWatch watch) {
    Instant began = wallClock.instant();
    long last = 0;
    while (!stop.await(LOOK)) {
      watch.look();
      feed.failIfStopped();
      long written = warehouse.factsWritten();
      long expected = feed.sent() - feed.repeated();
      screen.progress(
          "job reads the history: %d %%, %.1f thousand events per s"
              .formatted(100 * written / expected, (written - last) / 1000.0));
      last = written;
      if (written >= NEARLY_ALL * expected
          && job.reached().filter(time -> time.isAfter(nearlyNow(feed))).isPresent()) {
        screen.say(
            "Job         has read the history in %s: %.1f thousand events per s"
                .formatted(
                    since(began),
                    expected
                        / 1000.0
                        / Math.max(1, Duration.between(began, wallClock.instant()).toSeconds())));
        return true;
      }
    }
    return false;
  }

  private Instant nearlyNow(CompanyFeed feed) {
    return feed.now().minusMillis(Math.round(NEAR.toMillis() * options.speed()));
  }

  private void live(
      CompanyFeed feed,
      AlertReader alerts,
      JobWatch watch,
      TruthFile truth,
      Instant liveSince,
      Instant liveOnWall) {
    int looks = 0;
    screen.say("Truth       " + truth.path());
    screen.say(
        "Live        "
            + options
                .length()
                .map(length -> "for " + Layout.length(length))
                .orElse("until Ctrl-C"));
    while (!isOver(liveOnWall)) {
      if (looks++ % FIGURES_EVERY_LOOKS == 0) {
        lookAtFigures(feed.now());
      }
      truth.write(feed.incidents());
      screen.show(picture(feed, alerts, liveSince, liveOnWall));
      if (stop.await(LOOK)) {
        break;
      }
      watch.look();
      feed.failIfStopped();
    }
    lookAtFigures(feed.now());
    truth.write(feed.incidents());
  }

  private boolean isOver(Instant liveOnWall) {
    return left(liveOnWall).filter(left -> left.isZero() || left.isNegative()).isPresent();
  }

  private Optional<Duration> left(Instant liveOnWall) {
    return options
        .length()
        .map(length -> Duration.between(wallClock.instant(), liveOnWall.plus(length)));
  }

  /** ClickHouse may be starting again just now. */
  private void lookAtFigures(Instant now) {
    try {
      Instant midnight =
          now.atZone(stack.settings().zone())
              .toLocalDate()
              .atStartOfDay(stack.settings().zone())
              .toInstant();
      figures = warehouse.figures(now, midnight);
    } catch (ClickHouseException e) {
      screen.say("ClickHouse does not answer: " + e.getMessage());
    }
  }

  private Picture picture(
      CompanyFeed feed, AlertReader reader, Instant liveSince, Instant liveOnWall) {
    List<AlertMessage> messages = reader.messages();
    List<AlertMessage> live =
        messages.stream().filter(message -> message.seenAt().isAfter(liveOnWall)).toList();
    List<Incident> incidents =
        feed.incidents().stream().filter(i -> !i.startedAt().isBefore(liveSince)).toList();
    Map<String, AlertMessage> newest = new HashMap<>();
    messages.forEach(message -> newest.put(message.id(), message));
    Map<String, Long> firing =
        newest.values().stream()
            .filter(AlertMessage::firing)
            .collect(Collectors.groupingBy(AlertMessage::severity, Collectors.counting()));
    return new Picture(
        feed.now(),
        left(liveOnWall),
        figures,
        feed.sent(),
        new LinkedHashMap<>(Findings.of(incidents, List.of(), live).catches()),
        live,
        firing,
        where());
  }

  /** All of it is on this machine, unless real servers are used. */
  private String where() {
    return "Flink %s   ClickHouse %s   Kafka %s"
        .formatted(
            stack.flink().url(),
            withoutHost(stack.settings().clickHouse().url().toString()),
            withoutHost(stack.settings().kafka().get("bootstrap.servers")));
  }

  private static String withoutHost(String address) {
    return address.replaceFirst("^(http://)?" + Pattern.quote(LoopbackPort.HOST), "");
  }

  private boolean sumUp(
      CompanyFeed feed, AlertReader reader, JobWatch watch, Instant liveSince, Duration lived) {
    screen.progress("stopping …");
    long expected = feed.sent() - feed.repeated();
    long accepted = warehouse.acceptedEvents();
    for (int i = 0; i < SETTLING_LOOKS && accepted < expected; i++) {
      stop.await(LOOK);
      watch.look();
      accepted = warehouse.acceptedEvents();
    }
    List<AlertMessage> alerts = reader.messages();
    Set<String> rulesOfEvents =
        stack.settings().rules().of(EventRule.class).stream()
            .map(Rule::name)
            .collect(Collectors.toSet());
    Latency firing =
        Latency.of(
            alerts.stream()
                .filter(alert -> alert.firing() && rulesOfEvents.contains(alert.rule()))
                .flatMap(
                    alert ->
                        alert
                            .cause()
                            .flatMap(feed::sentAt)
                            .map(sent -> Duration.between(sent, alert.seenAt()))
                            .stream())
                .toList());
    Summary summary =
        new Summary(
            liveSince,
            lived,
            clock,
            Findings.of(feed.incidents(), feed.troubles(), alerts),
            feed.sent(),
            feed.repeated(),
            accepted,
            warehouse.rows(),
            firing,
            Latency.of(warehouse.rowDelays(liveSince, feed::markedAt)));
    summary.lines().forEach(screen::say);
    return summary.stackWorked();
  }

  private String since(Instant began) {
    return Layout.length(Duration.between(began, wallClock.instant()));
  }

  /** For those who print what happens meanwhile. */
  private static PrintStream lineByLine(Screen screen) {
    return new PrintStream(OutputStream.nullOutputStream()) {
      @Override
      public void println(String line) {
        screen.say(line);
      }
    };
  }
}
