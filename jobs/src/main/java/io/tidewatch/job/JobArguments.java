package io.tidewatch.job;

import io.tidewatch.config.ConfigurationException;
import java.nio.file.Path;
import java.util.Set;
import org.apache.flink.client.program.ProgramParametrizationException;
import org.apache.flink.util.ParameterTool;

/**
 * The configuration and the stages that the command line names: {@code --config FILE --stages
 * STAGE,STAGE}, or {@code all}.
 */
record JobArguments(TidewatchSettings settings, Set<Stage> stages) {

  /**
   * @throws ProgramParametrizationException where the arguments or the configuration are wrong
   */
  static JobArguments parse(String[] arguments) {
    try {
      ParameterTool parameters = ParameterTool.fromArgs(arguments);
      Set<Stage> stages = Stage.parse(parameters.get("stages", "all"));
      if (!parameters.has("config")) {
        throw new IllegalArgumentException("--config FILE is missing: name the tidewatch.yaml");
      }
      Path file = Path.of(parameters.get("config"));
      TidewatchSettings settings = TidewatchSettings.load(file, System.getenv());
      if (!stages.contains(Stage.INGEST) && !settings.kafka().writeEvents()) {
        throw new IllegalArgumentException(
            "--stages: without ingest the job reads the topic events, which is not written where"
                + " kafka.write_events is false");
      }
      return new JobArguments(settings, stages);
    } catch (ConfigurationException | IllegalArgumentException e) {
      throw new ProgramParametrizationException(e.getMessage());
    }
  }
}
