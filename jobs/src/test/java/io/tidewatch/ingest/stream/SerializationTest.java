package io.tidewatch.ingest.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.DeadLetter;
import io.tidewatch.ingest.LateEvent;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.ingest.RawRecord;
import java.math.BigDecimal;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerializationTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        Event.class,
        RawRecord.class,
        DeadLetter.class,
        LateEvent.class,
        QualityFlag.class,
        CustomerReference.class,
        CustomerHistory.class,
        CampaignPlan.class,
        DaySpend.class
      })
  void needsNoKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }

  @Test
  void anEventComesBackAsItWas() throws Exception {
    Event full = Events.spend("2026-03-01T10:00:00Z", "12.3400");
    Event sparse =
        new Event(
            "s",
            "i",
            "t",
            full.time(),
            full.receivedAt(),
            null,
            null,
            null,
            null,
            null,
            null,
            full.properties(),
            true,
            7);
    assertThat(roundTrip(full, Event.class)).isEqualTo(full);
    assertThat(roundTrip(sparse, Event.class)).isEqualTo(sparse);
  }

  @Test
  void stateComesBackAsItWas() throws Exception {
    CustomerHistory history =
        CustomerHistory.empty().with(new CustomerProfile(5, null, "smb", "DE")).touchedOn(9);
    assertThat(roundTrip(history, CustomerHistory.class)).isEqualTo(history);
    CampaignPlan plan = new CampaignPlan(1, new BigDecimal("1.50"), "EUR", null);
    assertThat(roundTrip(plan, CampaignPlan.class)).isEqualTo(plan);
  }

  private static <T> T roundTrip(T value, Class<T> type) throws Exception {
    var serializer = TypeInformation.of(type).createSerializer(new SerializerConfigImpl());
    var output = new DataOutputSerializer(256);
    serializer.serialize(value, output);
    return serializer.deserialize(new DataInputDeserializer(output.getCopyOfBuffer()));
  }
}
