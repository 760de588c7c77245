package io.tidewatch.metrics.stream;

import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.MetricDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * Which definitions of metrics this job has had, and since when.
 *
 * <p>A metric added or changed at a restore has missed what was read before it, be it by the
 * watermark or by an event ahead of it: windows that began by then would hold a part of their
 * events only, so they are skipped. On a fresh start nothing was missed.
 *
 * <p>Operator state: one entry per definition and one for the progress, the same on each subtask up
 * to their progress; a restore takes the greatest of all.
 */
final class KnownDefinitions {

  private static final String PROGRESS = "";

  private final Map<String, MetricDefinition> definitions = new HashMap<>();
  private final Map<String, Long> since = new HashMap<>();
  private long progress = Long.MIN_VALUE;
  private ListState<Tuple2<String, Long>> state;

  void initialize(MetricCatalogue catalogue, FunctionInitializationContext context)
      throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    "known-definitions", Types.TUPLE(Types.STRING, Types.LONG)));
    Map<String, Long> restored = new HashMap<>();
    for (Tuple2<String, Long> entry : state.get()) {
      restored.merge(entry.f0, entry.f1, Math::max);
    }
    progress = restored.getOrDefault(PROGRESS, Long.MIN_VALUE);
    for (MetricDefinition metric : catalogue.metrics()) {
      definitions.put(metric.hash(), metric);
      since.put(metric.hash(), restored.getOrDefault(metric.hash(), progress));
    }
  }

  void snapshot() throws Exception {
    state.clear();
    for (Map.Entry<String, Long> entry : since.entrySet()) {
      state.add(Tuple2.of(entry.getKey(), entry.getValue()));
    }
    state.add(Tuple2.of(PROGRESS, progress));
  }

  /** Empty for state that a removed or changed definition left behind. */
  Optional<MetricDefinition> of(String hash) {
    return Optional.ofNullable(definitions.get(hash));
  }

  /** Whether the definition was there before the first instant of the window. */
  boolean covers(String hash, long windowStart) {
    return since.getOrDefault(hash, Long.MAX_VALUE) < windowStart;
  }

  /** Notes that events up to and including this time have been read. */
  void progressTo(long time) {
    progress = Math.max(progress, time);
  }
}
