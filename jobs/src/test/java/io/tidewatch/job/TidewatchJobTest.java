package io.tidewatch.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.client.program.ProgramParametrizationException;
import org.junit.jupiter.api.Test;

class TidewatchJobTest {

  @Test
  void saysInPlainWordsWhatIsWrongWithItsArguments() {
    refuses("--config FILE is missing");
    refuses("there is no stage 'fact'", "--config", "tidewatch.yaml", "--stages", "ingest,fact");
    refuses("nowhere.yaml: there is no such file", "--config", "nowhere/nowhere.yaml");
  }

  /** Flink's command shows the message of this exception alone. */
  private static void refuses(String problem, String... arguments) {
    assertThatThrownBy(() -> TidewatchJob.main(arguments))
        .isInstanceOf(ProgramParametrizationException.class)
        .hasMessageContaining(problem);
  }
}
