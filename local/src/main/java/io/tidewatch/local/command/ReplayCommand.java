package io.tidewatch.local.command;

import io.tidewatch.ingest.EventFormats;
import io.tidewatch.ingest.FlatOptions;
import io.tidewatch.ingest.SourceSettings;
import io.tidewatch.ingest.SourceSetup;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.UserException;
import io.tidewatch.local.replay.Recording;
import io.tidewatch.local.replay.Replay;
import io.tidewatch.local.stack.EngineWatch;
import io.tidewatch.local.stack.LocalStack;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidewatch replay FILE…}: recorded events through everything. */
@Command(
    name = "replay",
    description = {
      "Sends recorded events, one per line, through everything: Kafka, Flink, ClickHouse.",
      "Event time is the recording's; at its end all windows are closed.",
      "The last line counts what became of the records; exits with 0 only if each is accounted for."
    })
public final class ReplayCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;

  @ArgGroup(multiplicity = "1")
  private Origin origin;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "The type of every event; for the format flat.")
  private String type;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description =
          "Where event time ends, RFC 3339 (default: the first local midnight after the last event"
              + " plus the allowed lateness).")
  private String until;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Files of events; .gz is unpacked, - is standard input.")
  private List<String> files;

  private static final class Origin {
    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        description = "The format of the records; the source is the one named replay.")
    private String format;

    @Option(
        names = "--source",
        paramLabel = "NAME",
        description = "The configured source that they are records of.")
    private String source;
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<Instant> end = Optional.ofNullable(until).map(ReplayCommand::parse);
    Recording.requireReadable(files);
    if (origin.source == null && !EventFormats.NAMES.contains(origin.format)) {
      throw new UserException(
          "There is no format '%s'; expected one of %s."
              .formatted(origin.format, EventFormats.NAMES));
    }
    source(options.settings());
    try (LocalStack stack = options.startStack(LocalStack.Ports.FREE, System.err);
        EngineWatch watch = new EngineWatch(stack, System.err)) {
      Replay replay =
          new Replay(stack.settings(), source(stack.settings()), stack.flink(), System.err);
      Replay.Outcome outcome = replay.run(files, end);
      System.out.println(outcome.counts());
      if (!outcome.isComplete()) {
        System.err.printf("%d records were sent, but not each is accounted for.%n", outcome.sent());
        return 1;
      }
      return 0;
    }
  }

  private SourceSetup source(TidewatchSettings settings) {
    try {
      // its topic takes the records of any source
      SourceSetup replay = settings.sources().replay();
      if (origin.source != null) {
        return settings.sources().named(origin.source);
      }
      return replay.withSource(inFormat(replay.source()));
    } catch (IllegalArgumentException e) {
      throw new UserException(e.getMessage() + ".", e);
    }
  }

  private SourceSettings inFormat(SourceSettings replay) {
    boolean flat = origin.format.equals("flat");
    if (flat != (type != null) && !(flat && replay.flat() != null)) {
      throw new UserException("--type goes with --format flat, which needs it.");
    }
    return replay.inFormat(
        origin.format, flat ? (type == null ? replay.flat() : FlatOptions.ofType(type)) : null);
  }

  private static Instant parse(String time) {
    try {
      return OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      throw new UserException(
          "--until must be a time with an offset such as 2011-06-01T00:00:00Z, not '%s'."
              .formatted(time),
          e);
    }
  }
}
