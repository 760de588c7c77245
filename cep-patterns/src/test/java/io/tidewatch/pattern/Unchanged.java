package io.tidewatch.pattern;

import io.tidewatch.pattern.stream.Live;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;

/** What nobody changes while the job runs. */
public record Unchanged<T>(T started) implements Live<T, String> {

  public static final MapStateDescriptor<String, String> DOCUMENTS =
      new MapStateDescriptor<>("documents", Types.STRING, Types.STRING);

  @Override
  public MapStateDescriptor<String, String> documents() {
    return DOCUMENTS;
  }

  @Override
  public T now(ReadOnlyBroadcastState<String, String> documents) {
    return started;
  }

  @Override
  public void take(String change, BroadcastState<String, String> documents) {
    throw new AssertionError("nobody changes it");
  }
}
