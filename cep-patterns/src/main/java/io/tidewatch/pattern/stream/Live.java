package io.tidewatch.pattern.stream;

import java.io.Serializable;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;

/**
 * Something that changes while the job runs, by documents in broadcast state.
 *
 * @param <T> what changes
 * @param <C> a change
 */
public interface Live<T, C> extends Serializable {

  /** As the job was started with. */
  T started();

  /** The state that the documents are in. */
  MapStateDescriptor<String, String> documents();

  /** As it is now. */
  T now(ReadOnlyBroadcastState<String, String> documents) throws Exception;

  /** Takes over a change, from now on. */
  void take(C change, BroadcastState<String, String> documents) throws Exception;
}
