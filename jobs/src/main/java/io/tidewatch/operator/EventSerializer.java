package io.tidewatch.operator;

import io.tidewatch.event.Event;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes events between tasks. Times have milliseconds, as in the tables. */
public final class EventSerializer extends ExchangeSerializer<Event> {

  static final EventSerializer INSTANCE = new EventSerializer();

  /**
   * The type of streams of events. State, and types that contain events, serialize them by their
   * fields instead.
   */
  public static final TypeInformation<Event> TYPE =
      new SerializedType<>(Event.class, () -> INSTANCE);

  @Override
  public void serialize(Event event, DataOutputView target) throws IOException {
    write(event.source(), target);
    write(event.id(), target);
    write(event.type(), target);
    target.writeLong(event.time().toEpochMilli());
    target.writeLong(event.receivedAt().toEpochMilli());
    write(event.customerId(), target);
    write(event.userId(), target);
    write(event.anonymousId(), target);
    write(event.sessionId(), target);
    write(event.amount(), target);
    write(event.currency(), target);
    write(event.properties(), target);
    target.writeBoolean(event.derived());
    target.writeLong(event.watermark());
  }

  @Override
  public Event deserialize(DataInputView source) throws IOException {
    return new Event(
        readText(source),
        readText(source),
        readText(source),
        Instant.ofEpochMilli(source.readLong()),
        Instant.ofEpochMilli(source.readLong()),
        readText(source),
        readText(source),
        readText(source),
        readText(source),
        readNumber(source),
        readText(source),
        readTexts(source),
        source.readBoolean(),
        source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<Event> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Says that bytes were written by this serializer. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Event> {
    public Snapshot() {
      super(() -> (TypeSerializer<Event>) INSTANCE);
    }
  }
}
