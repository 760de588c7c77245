package io.tidewatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import io.tidewatch.audit.AuditEntry;
import io.tidewatch.currency.FxRate;
import io.tidewatch.customers.CustomerHealth;
import io.tidewatch.customers.CustomerRow;
import io.tidewatch.customers.CustomerTransition;
import io.tidewatch.event.Event;
import io.tidewatch.ingest.RawRecord;
import io.tidewatch.ingest.Reading;
import io.tidewatch.ingest.stream.Arrival;
import io.tidewatch.ingest.stream.PublishedEvent;
import io.tidewatch.intervals.IntervalEvent;
import io.tidewatch.metric.MetricWindow;
import io.tidewatch.metrics.stream.TumblingWindows;
import io.tidewatch.pattern.AlertEnding;
import io.tidewatch.pattern.customer.CustomerEvent;
import io.tidewatch.pattern.event.BudgetDay;
import io.tidewatch.pattern.event.SeriesEvent;
import io.tidewatch.pattern.stream.SeriesMemory;
import io.tidewatch.pattern.window.JudgedWindow;
import io.tidewatch.pattern.window.SeriesWindow;
import io.tidewatch.revenue.CustomerLedger;
import io.tidewatch.revenue.MovementRow;
import io.tidewatch.rules.EventAlertState;
import io.tidewatch.rules.FiringSeries;
import io.tidewatch.rules.MetricAlertState;
import io.tidewatch.rules.RuleMessage;
import io.tidewatch.rules.SeriesProgress;
import io.tidewatch.rules.WindowParts;
import io.tidewatch.rules.stream.WatchedEvent;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializer;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.types.PojoTestUtils;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerializedTypesTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        Event.class,
        FxRate.class,
        RawRecord.class,
        MetricWindow.class,
        Reading.class,
        Arrival.class,
        PublishedEvent.class,
        IntervalEvent.class,
        TumblingWindows.Progress.class,
        Alert.class,
        WatchedEvent.class,
        RuleMessage.class,
        AuditEntry.class,
        SeriesProgress.class,
        MetricAlertState.class,
        EventAlertState.class,
        WindowParts.class,
        SeriesWindow.class,
        JudgedWindow.class,
        SeriesMemory.class,
        AlertEnding.class,
        CustomerLedger.class,
        MovementRow.class,
        CustomerHealth.class,
        CustomerRow.class,
        CustomerTransition.class,
        CustomerEvent.class,
        SeriesEvent.class,
        BudgetDay.class,
        FiringSeries.class
      })
  void isAPojoDownToItsLastField(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }

  @Test
  void nothingThatOperatorsExchangeIsLeftToKryo() {
    TidewatchSettings settings = ShippedSettings.load();
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(2);
    new TidewatchJob(settings, EnumSet.allOf(Stage.class))
        .defineReplay(
            environment,
            settings.sources().replay(),
            new TopicPartition("replay-events", 0),
            OffsetsInitializer.earliest());
    assertThat(environment.getStreamGraph().getStreamNodes())
        .flatExtracting(SerializedTypesTest::serializers)
        .isNotEmpty()
        .noneMatch(KryoSerializer.class::isInstance);
  }

  @Test
  void whatFlinkDoesNotKnowWouldBeFound() {
    SerializerConfigImpl config = new SerializerConfigImpl();
    TypeSerializer<?> serializer = TypeInformation.of(AtomicLong.class).createSerializer(config);
    assertThat(serializer).isInstanceOf(KryoSerializer.class);
  }

  private static Stream<TypeSerializer<?>> serializers(StreamNode node) {
    return Stream.concat(
            Stream.of(node.getTypeSerializerOut(), node.getStateKeySerializer()),
            Stream.of(node.getTypeSerializersIn()))
        .filter(serializer -> serializer != null);
  }
}
