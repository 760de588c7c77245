package io.tidewatch.alertmanager;

import io.tidewatch.alert.Alert;
import io.tidewatch.alertmanager.AlertmanagerClient.Answer;
import io.tidewatch.dashboards.DashboardLinks;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is in the outbox, one request at a time.
 *
 * <p>Answers come back through the task's mailbox, so that all here happens in its one thread, and
 * neither an element nor a checkpoint ever waits for Alertmanager. While that is away the pauses
 * between requests grow, up to half a minute.
 *
 * <p>State: the {@link Outbox}, which an alert leaves a quarter of an hour after its end was
 * accepted.
 */
final class AlertmanagerWriter implements StatefulSinkWriter<Alert, HeldAlert> {

  private static final Logger LOG = LoggerFactory.getLogger(AlertmanagerWriter.class);

  private static final int LARGEST_BATCH = 100;

  /** What happens together is told together; of a past that is caught up with, its outcome. */
  private static final Duration LINGER = Duration.ofMillis(500);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final AlertmanagerSettings settings;
  private final DashboardLinks dashboards;
  private final AlertmanagerClient client;
  private final Outbox outbox;
  private final ProcessingTimeService clock;
  private final MailboxExecutor mailbox;
  private final SinkWriterMetricGroup metrics;

  private ScheduledFuture<?> wakeUp;
  private long wakeUpAt = Long.MAX_VALUE;
  private boolean asking;
  private boolean away;

  /** Some alert of a batch was refused: alerts go one by one until that is found. */
  private boolean oneByOne;

  private Duration pause = FIRST_PAUSE;

  /** For those who report metrics, in threads of theirs. */
  private volatile int waiting;

  AlertmanagerWriter(
      AlertmanagerSettings settings,
      DashboardLinks dashboards,
      Collection<HeldAlert> state,
      ProcessingTimeService clock,
      MailboxExecutor mailbox,
      SinkWriterMetricGroup metrics) {
    this.settings = settings;
    this.dashboards = dashboards;
    this.client = new AlertmanagerClient(settings);
    this.outbox = new Outbox(settings.resend());
    this.clock = clock;
    this.mailbox = mailbox;
    this.metrics = metrics;
    metrics.gauge("alertsWaiting", () -> waiting);
    outbox.restore(state);
    waiting = outbox.waiting();
    if (!state.isEmpty()) {
      wakeUpIn(LINGER);
    }
  }

  @Override
  public void write(Alert alert, Context context) {
    outbox.put(PostableAlert.of(alert, dashboards.of(alert)));
    waiting = outbox.waiting();
    if (!asking && !away) {
      wakeUpIn(LINGER);
    }
  }

  /**
   * A checkpoint does not wait, for it holds what is not delivered. A job that ends for good does:
   * nobody would deliver it later.
   */
  @Override
  public void flush(boolean endOfInput) throws InterruptedException {
    if (endOfInput) {
      send();
      while (waiting > 0) {
        mailbox.yield();
      }
    }
  }

  @Override
  public List<HeldAlert> snapshotState(long checkpoint) {
    return outbox.contents();
  }

  @Override
  public void close() {
    if (wakeUp != null) {
      wakeUp.cancel(false);
    }
  }

  /** Sends after this time, unless it does so sooner already. */
  private void wakeUpIn(Duration time) {
    long at = clock.getCurrentProcessingTime() + Math.max(0, time.toMillis());
    if (at >= wakeUpAt) {
      return;
    }
    if (wakeUp != null) {
      wakeUp.cancel(false);
    }
    wakeUpAt = at;
    wakeUp =
        clock.registerTimer(
            at,
            due -> {
              wakeUpAt = Long.MAX_VALUE;
              send();
            });
  }

  private void send() {
    if (asking) {
      return;
    }
    List<PostableAlert> batch = outbox.due(now(), oneByOne ? 1 : LARGEST_BATCH);
    if (batch.isEmpty()) {
      outbox.nextDue().ifPresent(next -> wakeUpIn(Duration.between(now(), next)));
      return;
    }
    asking = true;
    client.post(batch, now()).thenAccept(answer -> deliver(batch, answer));
  }

  /** Runs in a thread of the HTTP client. */
  private void deliver(List<PostableAlert> batch, Answer answer) {
    try {
      mailbox.execute(() -> answered(batch, answer), "answer of Alertmanager");
    } catch (RejectedExecutionException e) {
      LOG.debug("The task has ended before Alertmanager answered", e);
    }
  }

  private void answered(List<PostableAlert> batch, Answer answer) {
    asking = false;
    switch (answer.verdict()) {
      case ACCEPTED -> {
        outbox.accepted(batch, now());
        metrics.getNumRecordsSendCounter().inc(batch.size());
        goOn();
      }
      case REFUSED -> {
        refused(batch, answer.reason());
        goOn();
      }
      case AWAY -> tryLater(answer.reason());
    }
  }

  private void goOn() {
    if (away) {
      LOG.info("Alertmanager at {} is back", settings.url());
    }
    away = false;
    pause = FIRST_PAUSE;
    waiting = outbox.waiting();
    oneByOne = oneByOne && waiting > 0;
    send();
  }

  private void tryLater(String reason) {
    if (!away) {
      LOG.warn("Alertmanager at {} takes no alerts, {} wait: {}", settings.url(), waiting, reason);
    }
    away = true;
    wakeUpIn(pause);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private void refused(List<PostableAlert> batch, String reason) {
    if (batch.size() > 1) {
      oneByOne = true;
      return;
    }
    PostableAlert alert = batch.get(0);
    LOG.error("Alertmanager refuses the alert {}: {}", alert.labels(), reason);
    metrics.getNumRecordsSendErrorsCounter().inc();
    outbox.refused(alert);
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.getCurrentProcessingTime());
  }
}
