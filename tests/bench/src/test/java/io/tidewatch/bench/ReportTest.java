package io.tidewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void theMedianIsTakenOfEachFigureOnItsOwn() {
    assertThat(
            Measurement.median(
                List.of(
                    new Measurement(100, 3, 10, 700, 0),
                    new Measurement(100, 1, 30, 800, 0),
                    new Measurement(100, 2, 20, 900, 0))))
        .isEqualTo(new Measurement(100, 2, 20, 800, 0));
  }

  @Test
  void aMeasurementComesBackFromItsLine() {
    Measurement measurement = new Measurement(5_000_000, 20.25, 30.5, 812.25, 4);
    assertThat(Measurement.ofLine(measurement.toLine())).isEqualTo(measurement);
    assertThat(Measurement.ofLine("something else")).isNull();
  }

  @Test
  void aCheckpointIsMissedOnceItHadTheTimeToComplete() {
    Duration every = Duration.ofSeconds(5);
    assertThat(new Measurement(100, 10.1, 10, 700, 0).lacksCheckpoints(every)).isTrue();
    assertThat(new Measurement(100, 10.1, 10, 700, 1).lacksCheckpoints(every)).isFalse();
    assertThat(new Measurement(100, 10, 10, 700, 0).lacksCheckpoints(every)).isFalse();
  }

  @Test
  void theLastLineDividesEventsASecond() {
    Report report = new Report();
    report.add(Contender.PARSE, new Measurement(1_000, 1, 1, 100, 0));
    report.add(Contender.FLINK_SQL, new Measurement(1_000, 6, 1, 100, 0));
    report.add(Contender.KAFKA_STREAMS, new Measurement(1_000, 5, 1, 100, 0));
    // 500 a second, beside 1,000, 167 and 200
    report.add(Contender.TIDEWATCH, new Measurement(1_000, 2, 1, 100, 0));
    report.add(Contender.TIDEWATCH_QUALITY, new Measurement(1_000, 4, 1, 100, 0));
    assertThat(report.ratios())
        .isEqualTo("ratio_vs_flink_sql=3.00 ratio_vs_kafka_streams=2.50 share_of_parse_limit=0.50");
    assertThat(report.ratioWithQuality()).isEqualTo("ratio_with_quality_vs_flink_sql=1.50");
  }

  @Test
  void aContenderLeftOutIsUnknown() {
    Report report = new Report();
    report.add(Contender.TIDEWATCH, new Measurement(1_000, 2, 1, 100, 0));
    assertThat(report.ratios()).startsWith("ratio_vs_flink_sql=unknown ");
    assertThat(report.ratioWithQuality()).endsWith("=unknown");
    assertThat(report.table().lines().allMatch(line -> line.length() <= 80)).isTrue();
  }
}
