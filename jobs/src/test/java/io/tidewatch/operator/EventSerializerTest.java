package io.tidewatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventSerializerTest {

  private static final Instant TIME = Instant.parse("2026-03-01T10:00:00.123Z");
  private static final EventSerializer SERIALIZER = EventSerializer.INSTANCE;

  @ParameterizedTest
  @MethodSource("events")
  void anEventComesBackAsItWas(Event event) throws Exception {
    DataInputDeserializer source = new DataInputDeserializer(bytesOf(event));
    assertThat(SERIALIZER.deserialize(source)).isEqualTo(event);
    assertThat(source.available()).isZero();
  }

  @ParameterizedTest
  @MethodSource("events")
  void aCopyIsTheSame(Event event) throws Exception {
    assertThat(SERIALIZER.copy(event)).isEqualTo(event);
    DataOutputSerializer copied = new DataOutputSerializer(16);
    SERIALIZER.copy(new DataInputDeserializer(bytesOf(event)), copied);
    assertThat(SERIALIZER.deserialize(new DataInputDeserializer(copied.getCopyOfBuffer())))
        .isEqualTo(event);
  }

  static Stream<Event> events() {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      many.put("property " + i, "x".repeat(i));
    }
    many.put("absent", null);
    return Stream.of(
        new Event(
            null, null, null, TIME, TIME, null, null, null, null, null, null, Map.of(), false, 0),
        event("", null, Map.of("", "")),
        event("source", new BigDecimal("12.3400"), Map.of("plan", "pro")),
        event("Größe 東京 🌊 \0", new BigDecimal("-0.001"), Map.of("ключ", "値,=%")),
        event("large", new BigDecimal("123456789012345678901234567890.5"), many),
        event("rounded", new BigDecimal("1E+3"), Map.of()));
  }

  private static Event event(String text, BigDecimal amount, Map<String, String> properties) {
    return new Event(
        text,
        text + "id",
        text + "type",
        TIME,
        TIME.plusMillis(1),
        text + "customer",
        text + "user",
        text + "anonymous",
        text + "session",
        amount,
        text + "currency",
        properties,
        true,
        Event.NEVER_LATE);
  }

  private static byte[] bytesOf(Event event) throws Exception {
    DataOutputSerializer target = new DataOutputSerializer(16);
    SERIALIZER.serialize(event, target);
    return target.getCopyOfBuffer();
  }
}
