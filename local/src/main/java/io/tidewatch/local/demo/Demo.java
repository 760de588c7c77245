package io.tidewatch.local.demo;

import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.clickhouse.ClickHouseException;
import io.tidewatch.job.Stage;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.Count;
import io.tidewatch.local.LoopbackPort;
import io.tidewatch.local.StopRequest;
import io.tidewatch.local.UserException;
import io.tidewatch.local.company.Company;
import io.tidewatch.local.company.Delivery;
import io.tidewatch.local.company.Incident;
import io.tidewatch.local.stack.EngineWatch;
import io.tidewatch.local.stack.JobWatch;
import io.tidewatch.local.stack.LiveJob;
import io.tidewatch.local.stack.LocalStack;
import io.tidewatch.time.DurationWords;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A living company on a stack: its history first, then its life as it goes on, and a summary. */
public final class Demo {

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Weeks are read by the hour: within what is usual, sources would wait for one another. */
  private static final Duration HISTORY_ALIGNMENT = Duration.ofHours(3);

  /** Some 60 events: all weeks of a quiet topic fit what is usual. */
  private static final int HISTORY_FETCHED_BYTES = 16 << 10;

  private static final int FIGURES_EVERY_LOOKS = 3;

  /** In the company, how long after its end a window is closed. */
  private static final Duration CLOSED_AFTER = Duration.ofSeconds(13);

  /** By the clock on the wall, how long it takes to write its rows. */
  private static final Duration WRITTEN_IN = Duration.ofSeconds(5);

  private static final Duration UNLIMITED_RUN_AHEAD = Duration.ofMinutes(10);

  private final LocalStack stack;
  private final Options options;
  private final Screen screen;
  private final StopRequest stop;
  private final URI dashboards;
  private final Clock wallClock = Clock.systemUTC();
  private final Warehouse warehouse;
  private final PrintStream notices;
  private Figures figures = Figures.UNKNOWN;

  /**
   * @param speed how many times as fast as we the company lives, until it gets to the present
   * @param length of the live part; empty: until it is stopped
   */
  public record Options(long seed, int customers, double speed, Optional<Duration> length) {}

  /**
   * @param dashboards where they are shown
   */
  public Demo(
      LocalStack stack,
      Options options,
      URI dashboards,
      PrintStream out,
      boolean terminal,
      StopRequest stop) {
    this.stack = stack;
    this.options = options;
    this.dashboards = dashboards;
    this.screen = terminal ? new TerminalScreen(out) : new PlainScreen(out, wallClock);
    this.stop = stop;
    this.warehouse =
        new Warehouse(new ClickHouseClient(stack.settings().clickHouse().endpoint(), "tidewatch"));
    this.notices = lineByLine(screen);
  }

  /**
   * Runs it.
   *
   * @return whether the stack did what it should, whatever it noticed
   * @throws UserException if the job can't go on
   */
  public boolean run() throws InterruptedException {
    Map<String, String> kafka = stack.settings().kafka().properties();
    CompanyClock clock =
        CompanyClock.lagging(
            wallClock.instant(), options.speed(), options.length().orElse(UNLIMITED_RUN_AHEAD));
    Company company = company(clock.companyStart());
    TruthFile truth = new TruthFile(TruthFile.in(stack.directory().root()));
    try (CompanyProducer producer = new CompanyProducer(kafka, topics(stack.settings()));
        CompanyFeed feed =
            new CompanyFeed(
                company, new Delivery(company, options.seed()), producer, clock, wallClock);
        EngineWatch engineWatch = new EngineWatch(stack, notices)) {
      sendHistory(feed);
      truth.write(feed.incidents());
      feed.start();
      TidewatchSettings settings =
          stack.settings().catchingUp(HISTORY_ALIGNMENT, HISTORY_FETCHED_BYTES);
      try (LiveJob job = LiveJob.submit(stack, settings, EnumSet.allOf(Stage.class));
          AlertReader alerts = new AlertReader(kafka, wallClock)) {
        JobWatch watch = new JobWatch(job, notices);
        if (!new CatchUp(job, watch, feed, warehouse, screen, wallClock).await(stop)) {
          screen.say("Stopped before the job had read the history: there is nothing to sum up.");
          return false;
        }
        Instant liveOnWall = wallClock.instant();
        Instant liveSince = feed.live(options.speed());
        live(feed, alerts, watch, truth, liveSince, liveOnWall);
        feed.end();
        truth.end(feed.incidents(), feed.now());
        Instant ended = wallClock.instant();
        screen.progress("stopping …");
        Summary summary =
            new Stocktaking(feed, alerts, warehouse, watch)
                .summary(liveSince, ended, Duration.between(liveOnWall, ended), stack.settings());
        summary.lines().forEach(screen::say);
        return summary.stackWorked();
      }
    }
  }

  /** Founded at a midnight five weeks ago, so that a seed gives the same one all day. */
  private Company company(Instant present) {
    Instant founded = present.minus(Company.HISTORY).truncatedTo(ChronoUnit.DAYS);
    return Company.founded(
        options.seed(), options.customers(), founded, Duration.between(founded, present));
  }

  /** The topics that the job reads. */
  static List<String> topics(TidewatchSettings settings) {
    return settings.sources().live().stream()
        .flatMap(source -> source.source().topics().stream())
        .distinct()
        .toList();
  }

  private void sendHistory(CompanyFeed feed) {
    Instant began = wallClock.instant();
    feed.sendHistory(sent -> screen.progress("history: %,d events sent …".formatted(sent)));
    screen.say(
        "History     five weeks, %,d events of %s, sent in %s"
            .formatted(feed.sent(), Count.of(options.customers(), "customer"), since(began)));
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
                .map(length -> "for " + DurationWords.of(length))
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
      alerts.failIfStopped();
    }
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
      Duration rowsCome =
          CLOSED_AFTER.plusMillis(Math.round(WRITTEN_IN.toMillis() * options.speed()));
      figures = warehouse.figures(now.atZone(stack.settings().reporting().zone()), rowsCome);
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
    return "Dashboards %s  Flink %s  ClickHouse %s  Kafka %s"
        .formatted(
            dashboards,
            withoutHost(stack.flink().url().toString()),
            withoutHost(stack.settings().clickHouse().endpoint().url().toString()),
            withoutHost(stack.settings().kafka().bootstrap()));
  }

  private static String withoutHost(String address) {
    return address.replaceFirst("^(http://)?" + Pattern.quote(LoopbackPort.HOST), "");
  }

  private String since(Instant began) {
    return DurationWords.of(Duration.between(began, wallClock.instant()));
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
