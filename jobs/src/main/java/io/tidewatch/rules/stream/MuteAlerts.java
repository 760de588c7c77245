package io.tidewatch.rules.stream;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Holds back alerts that fire while their rule is muted, keyed by rule. One that still fires when
 * the mute ends is heard of then; of one that is over by then nothing is heard. What fired before
 * is told when it ends, mute or not.
 *
 * <p>What is heard depends on the times that alerts carry and not on the watermark, which may stand
 * still in a replay; by the watermark they are heard soon.
 *
 * <p>State: alerts held back, until the mute or they themselves end.
 */
final class MuteAlerts extends KeyedProcessFunction<String, Alert, Alert> {

  private final ZoneId zone;

  private transient MapState<String, Alert> held;

  MuteAlerts(ZoneId zone) {
    this.zone = zone;
  }

  @Override
  public void open(OpenContext context) {
    held =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>("held", Types.STRING, TypeInformation.of(Alert.class)));
  }

  @Override
  public void processElement(Alert alert, Context context, Collector<Alert> out) throws Exception {
    Alert waiting = held.get(alert.id());
    if (waiting != null && alert.status() == AlertStatus.RESOLVED) {
      held.remove(alert.id());
      heardBy(alert.updatedAt(), waiting)
          .ifPresent(
              heard -> {
                out.collect(heard);
                out.collect(alert);
              });
    } else if (alert.status() == AlertStatus.FIRING && isMuted(alert, alert.updatedAt())) {
      held.put(alert.id(), alert);
      wakeAfter(alert, alert.updatedAt(), context.timerService());
    } else {
      out.collect(alert);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
      throws Exception {
    Instant now = Instant.ofEpochMilli(timestamp);
    List<Alert> waiting = new ArrayList<>();
    held.values().forEach(waiting::add);
    for (Alert alert : waiting) {
      Optional<Alert> heard = heardBy(now, alert);
      if (heard.isPresent()) {
        held.remove(alert.id());
        out.collect(heard.get());
      } else {
        wakeAfter(alert, now, context.timerService());
      }
    }
  }

  private boolean isMuted(Alert alert, Instant time) {
    return alert.profile().mutedUntil(time, zone).isPresent();
  }

  private void wakeAfter(Alert alert, Instant time, TimerService timers) {
    alert
        .profile()
        .mutedUntil(time, zone)
        .ifPresent(end -> timers.registerEventTimeTimer(end.toEpochMilli()));
  }

  /** The alert at the end of its mute, if that is no later. */
  private Optional<Alert> heardBy(Instant latest, Alert alert) {
    return alert.profile().heardAt(alert.updatedAt(), latest, zone).map(alert::asOf);
  }
}
