package io.tidewatch.rules.stream;

import io.tidewatch.rules.WindowHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** The values of a series by the ends of their windows, in keyed state. */
final class PastValues implements WindowHistory {

  private final MapState<Long, Double> values;

  PastValues(RuntimeContext context) {
    values = context.getMapState(new MapStateDescriptor<>("history", Types.LONG, Types.DOUBLE));
  }

  void put(long end, double value) throws Exception {
    values.put(end, value);
  }

  @Override
  public Double valueAt(long end) {
    try {
      return values.get(end);
    } catch (Exception e) {
      throw new UncheckedIOException(new IOException("the state of past values is unreadable", e));
    }
  }

  void forgetBefore(long end) throws Exception {
    List<Long> old = new ArrayList<>();
    for (Long known : values.keys()) {
      if (known < end) {
        old.add(known);
      }
    }
    for (Long known : old) {
      values.remove(known);
    }
  }

  void clear() {
    values.clear();
  }
}
