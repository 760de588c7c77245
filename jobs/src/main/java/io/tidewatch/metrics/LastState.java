package io.tidewatch.metrics;

import io.tidewatch.event.Event;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;

/** The value of the event that is greatest by (time, source, id). */
final class LastState implements AggregateState {

  static final byte TAG = 5;

  private Latest latest;

  @Override
  public void add(Reading reading, long times) {
    Event event = reading.event();
    take(
        new Latest(
            event.time().toEpochMilli(), event.source(), event.id(), reading.number().toDouble()));
  }

  @Override
  public void merge(AggregateState other) {
    LastState state = (LastState) other;
    if (state.latest != null) {
      take(state.latest);
    }
  }

  private void take(Latest candidate) {
    if (latest == null || Latest.ORDER.compare(candidate, latest) > 0) {
      latest = candidate;
    }
  }

  @Override
  public double value() {
    return latest == null ? Double.NaN : latest.value();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeBoolean(latest != null);
    if (latest != null) {
      out.writeLong(latest.time());
      out.writeUTF(latest.source());
      out.writeUTF(latest.id());
      out.writeDouble(latest.value());
    }
  }

  @Override
  public byte tag() {
    return TAG;
  }

  static LastState read(DataInput in) throws IOException {
    LastState read = new LastState();
    if (in.readBoolean()) {
      read.latest = new Latest(in.readLong(), in.readUTF(), in.readUTF(), in.readDouble());
    }
    return read;
  }

  private record Latest(long time, String source, String id, double value) {

    /** The value decides last, between two events that share their identity. */
    static final Comparator<Latest> ORDER =
        Comparator.comparingLong(Latest::time)
            .thenComparing(Latest::source)
            .thenComparing(Latest::id)
            .thenComparingDouble(Latest::value);
  }
}
