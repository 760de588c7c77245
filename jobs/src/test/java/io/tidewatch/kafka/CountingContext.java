package io.tidewatch.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.UserCodeClassLoader;

/** What a deserializer is opened with, and what it counts there. */
final class CountingContext implements DeserializationSchema.InitializationContext {

  private final Map<String, Counter> counters = new HashMap<>();

  /** What a counter stands at, which must be there. */
  long count(String name) {
    assertThat(counters).containsKey(name);
    return counters.get(name).getCount();
  }

  @Override
  public MetricGroup getMetricGroup() {
    return new UnregisteredMetricsGroup() {
      @Override
      public Counter counter(String name) {
        return counters.computeIfAbsent(name, any -> new SimpleCounter());
      }
    };
  }

  @Override
  public UserCodeClassLoader getUserCodeClassLoader() {
    throw new UnsupportedOperationException();
  }
}
