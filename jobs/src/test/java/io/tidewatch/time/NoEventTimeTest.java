package io.tidewatch.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class NoEventTimeTest {

  private final List<String> output = new ArrayList<>();

  @Test
  void isNobodysEventTimeEvenWhereAllOthersAreIdle() {
    WatermarkGenerator<String> generator = new NoEventTime<String>().createWatermarkGenerator(null);
    generator.onEvent("a", 1, recorded());
    generator.onPeriodicEmit(recorded());
    assertThat(output).containsExactly("idle");
  }

  private WatermarkOutput recorded() {
    return new WatermarkOutput() {
      @Override
      public void emitWatermark(Watermark watermark) {
        output.add(watermark.toString());
      }

      @Override
      public void markIdle() {
        output.add("idle");
      }

      @Override
      public void markActive() {
        output.add("active");
      }
    };
  }
}
