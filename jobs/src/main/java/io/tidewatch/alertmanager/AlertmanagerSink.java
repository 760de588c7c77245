package io.tidewatch.alertmanager;

import io.tidewatch.alert.Alert;
import io.tidewatch.dashboards.DashboardLinks;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Delivers alerts to Prometheus Alertmanager, at least once and always under the same fingerprint.
 *
 * <p>It is a sink of the job, and not a process that reads the topic, because then one mechanism
 * answers for everything between an event and its delivery: what was made and not delivered is in
 * the checkpoint, or is made again, with the same id, from the events after it. Neither a job that
 * is killed in between nor an Alertmanager that is away loses an alert or makes a second one.
 *
 * <p>Alerts are few, so one writer is enough: give it a parallelism of 1.
 */
public final class AlertmanagerSink implements Sink<Alert>, SupportsWriterState<Alert, HeldAlert> {

  private final AlertmanagerSettings settings;
  private final DashboardLinks dashboards;

  public AlertmanagerSink(AlertmanagerSettings settings, DashboardLinks dashboards) {
    this.settings = settings;
    this.dashboards = dashboards;
  }

  @Override
  public SinkWriter<Alert> createWriter(WriterInitContext context) {
    return restoreWriter(context, List.of());
  }

  @Override
  public StatefulSinkWriter<Alert, HeldAlert> restoreWriter(
      WriterInitContext context, Collection<HeldAlert> state) {
    return new AlertmanagerWriter(
        settings,
        dashboards,
        state,
        context.getProcessingTimeService(),
        context.getMailboxExecutor(),
        context.metricGroup());
  }

  @Override
  public SimpleVersionedSerializer<HeldAlert> getWriterStateSerializer() {
    return new StateSerializer();
  }

  private static final class StateSerializer implements SimpleVersionedSerializer<HeldAlert> {

    private static final int JSON = 1;

    @Override
    public int getVersion() {
      return JSON;
    }

    @Override
    public byte[] serialize(HeldAlert alert) {
      return AlertmanagerJson.state(alert);
    }

    @Override
    public HeldAlert deserialize(int version, byte[] bytes) throws IOException {
      if (version != JSON) {
        throw new IOException("alerts were kept by a newer Tidewatch, in format " + version);
      }
      return AlertmanagerJson.read(bytes);
    }
  }
}
