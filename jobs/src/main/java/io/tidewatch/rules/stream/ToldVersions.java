package io.tidewatch.rules.stream;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertStatus;
import io.tidewatch.time.DueTimer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.TimerService;

/**
 * The versions under which alerts have ended, in keyed state.
 *
 * <p>An alert may fire again under an id that has ended: ids are of the hour, or of the window of a
 * rule that tells early, and within these a rule may be taken away and applied again, or fire for
 * too many series twice. Whoever keeps the highest version would take its new first version for old
 * news.
 */
final class ToldVersions {

  /** Ids are of a local day at most, 25 h; an hour more, as it is rounded down to the hour. */
  private static final Duration KEPT = Duration.ofHours(26);

  private static final long WHILE_IT_FIRES = Long.MAX_VALUE;

  /** By id: the last version, and until when that must be known, epoch milliseconds. */
  private final MapState<String, Tuple2<Long, Long>> versions;

  private final DueTimer due;

  ToldVersions(RuntimeContext context) {
    versions =
        context.getMapState(
            new MapStateDescriptor<>(
                "told-versions", Types.STRING, Types.TUPLE(Types.LONG, Types.LONG)));
    due = new DueTimer(context);
  }

  /** The alert with a version above all that were told of its id. */
  Alert next(Alert alert, TimerService timers) throws Exception {
    Tuple2<Long, Long> known = versions.get(alert.id());
    long version = known == null ? alert.version() : Math.max(alert.version(), known.f0 + 1);
    if (alert.status() == AlertStatus.RESOLVED) {
      // at the full hour, to look through them once an hour
      long until = alert.updatedAt().plus(KEPT).truncatedTo(ChronoUnit.HOURS).toEpochMilli();
      versions.put(alert.id(), Tuple2.of(version, until));
      due.atLatest(until, timers);
    } else if (known != null) {
      versions.put(alert.id(), Tuple2.of(version, WHILE_IT_FIRES));
    }
    return version == alert.version() ? alert : alert.withVersion(version);
  }

  /** Forgets what need not be known any more. */
  void onTimer(long timestamp, TimerService timers) throws Exception {
    if (!due.isDue(timestamp)) {
      return;
    }
    List<String> past = new ArrayList<>();
    long next = WHILE_IT_FIRES;
    for (Map.Entry<String, Tuple2<Long, Long>> entry : versions.entries()) {
      long until = entry.getValue().f1;
      if (until <= timestamp) {
        past.add(entry.getKey());
      } else {
        next = Math.min(next, until);
      }
    }
    for (String id : past) {
      versions.remove(id);
    }
    if (next != WHILE_IT_FIRES) {
      due.atLatest(next, timers);
    }
  }
}
