package io.tidewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class AlertTest {

  private static final Instant START = Instant.parse("2026-03-02T10:05:00Z");

  private static final Alert FIRING =
      Alert.firing(
          new AlertProfile("high_error_rate", "", Severity.HIGH, List.of("ops"), List.of(), ""),
          "endpoint=/x",
          null,
          START,
          START,
          START.plusSeconds(60),
          new Figures(0.12, null, 0.05),
          "12 % of requests to /x failed.",
          List.of(new Evidence("api_error_rate", "1m", START, START, 0.12, null)));

  /** printf 'high_error_rate\nendpoint=/x\n1772445900000' | sha256sum */
  @Test
  void hasTheIdThatItsRuleSeriesAndStartGiveIt() {
    assertThat(FIRING.id()).isEqualTo("46c8029a2af7c9c0a58835df66dc1a15");
  }

  @Test
  void keepsItsIdentityAndFiguresToTheEnd() {
    Instant end = START.plusSeconds(300);
    Alert resolved = FIRING.resolved(Resolution.RECOVERED, end, end, "All is well.");
    assertThat(resolved)
        .usingRecursiveComparison()
        .ignoringFields("status", "updatedAt", "endedAt", "summary", "resolution", "version")
        .isEqualTo(FIRING);
    assertThat(resolved.status()).isEqualTo(AlertStatus.RESOLVED);
    assertThat(resolved.version()).isGreaterThan(FIRING.version());
  }

  @Test
  void travelsWithoutKryo() throws Exception {
    Configuration noKryo = new Configuration().set(PipelineOptions.GENERIC_TYPES, false);
    var serializer =
        TypeInformation.of(Alert.class).createSerializer(new SerializerConfigImpl(noKryo));
    DataOutputSerializer out = new DataOutputSerializer(256);
    serializer.serialize(FIRING, out);
    assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
        .isEqualTo(FIRING);
  }
}
