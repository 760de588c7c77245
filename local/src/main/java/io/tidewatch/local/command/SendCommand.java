package io.tidewatch.local.command;

import io.tidewatch.ingest.SourceSetup;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.RunningStack;
import io.tidewatch.local.UserException;
import io.tidewatch.local.kafka.RecordSender;
import io.tidewatch.local.replay.Recording;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidewatch send FILE --source NAME}: records to the topic of a source. */
@Command(
    name = "send",
    description = {
      "Sends records, one per line, to the topic of a source of the running stack.",
      "They are read as they come: event time is theirs, arrival is now."
    })
public final class SendCommand implements Runnable {

  @Mixin private CommonOptions options;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      required = true,
      description = "The configured source that they are records of.")
  private String source;

  @Parameters(
      paramLabel = "FILE",
      description = "A file of records; .gz is unpacked, - is standard input.")
  private String file;

  @Override
  public void run() {
    TidewatchSettings settings = options.settings();
    String topic = setup(settings).source().topics().get(0);
    Recording recording = new Recording(List.of(file));
    String bootstrap = RunningStack.on(options.dataDirectory()).kafkaBootstrap();
    try (RecordSender sender = new RecordSender(settings.kafka().properties(), bootstrap, topic)) {
      recording.forEach(sender::send);
      System.out.printf("%,d records sent to %s%n", sender.finish(), topic);
    }
  }

  private SourceSetup setup(TidewatchSettings settings) {
    try {
      return settings.sources().named(source);
    } catch (IllegalArgumentException e) {
      throw new UserException("--source: " + e.getMessage() + ".", e);
    }
  }
}
