package io.tidewatch.job;

import static io.tidewatch.job.Stage.ALERTS;
import static io.tidewatch.job.Stage.FACTS;
import static io.tidewatch.job.Stage.INGEST;
import static io.tidewatch.job.Stage.METRICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageTest {

  @Test
  void allOrAnyOfThem() {
    assertThat(Stage.parse("all")).isEqualTo(EnumSet.allOf(Stage.class));
    assertThat(Stage.parse("ingest")).containsExactly(INGEST);
    assertThat(Stage.parse("ingest, FACTS")).containsExactly(INGEST, FACTS);
    assertThat(Stage.parse("alerts,metrics")).containsExactly(METRICS, ALERTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "metric", "metrics,all", "ingest,,facts"})
  void whatIsNoStageIsNamed(String text) {
    assertThatThrownBy(() -> Stage.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--stages: there is no stage '")
        .hasMessageContaining("[ingest, facts, revenue, customers, metrics, alerts]");
  }
}
