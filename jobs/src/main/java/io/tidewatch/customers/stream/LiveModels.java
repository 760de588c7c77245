package io.tidewatch.customers.stream;

import io.tidewatch.models.ModelException;
import io.tidewatch.models.Models;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models in use: parsed once, their documents in broadcast state. */
final class LiveModels {

  private static final Logger LOG = LoggerFactory.getLogger(LiveModels.class);

  private Models models;

  /** Those of the state, and the shipped ones of other kinds. */
  Models current(ReadOnlyBroadcastState<String, byte[]> state) throws Exception {
    if (models == null) {
      models = Models.shipped();
      for (Map.Entry<String, byte[]> kept : state.immutableEntries()) {
        restore(kept.getValue());
      }
    }
    return models;
  }

  /**
   * Replaces the model of that kind, from now on.
   *
   * @throws ModelException where the document cannot be used; nothing changes then
   */
  void replace(byte[] document, BroadcastState<String, byte[]> state) throws Exception {
    models = current(state).with(document);
    state.put(Models.kindOf(document).label(), document);
  }

  /** An older program, restored from a newer one's state, goes on with what it understands. */
  private void restore(byte[] document) {
    try {
      models = models.with(document);
    } catch (ModelException e) {
      LOG.warn("A model in the state cannot be used; the shipped one is: {}", e.getMessage());
    }
  }
}
