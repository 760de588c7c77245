package io.tidewatch.endtoend;

import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.clickhouse.Table;
import io.tidewatch.clickhouse.Tables;
import io.tidewatch.job.SourceSetup;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.DataDirectory;
import io.tidewatch.local.replay.Replay;
import io.tidewatch.local.stack.LocalStack;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * Kafka, Flink and ClickHouse, all real, started once for all tests of a run.
 *
 * <p>A test finds the tables as the one before left them: it empties them, or uses its own.
 */
public final class LiveStack implements BeforeAllCallback {

  /** What the job writes. */
  private static final List<Table<?>> WRITTEN =
      List.of(
          Tables.FACT_EVENTS,
          Tables.METRIC_WINDOWS,
          Tables.DEAD_LETTERS,
          Tables.LATE_EVENTS,
          Tables.DATA_QUALITY);

  private Running running;
  private ClickHouseClient client;

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(Namespace.create(LiveStack.class))
            .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
    client = new ClickHouseClient(settings().clickHouse());
  }

  /** The configuration that ships. */
  public static Path conf() {
    return Path.of(System.getProperty("tidewatch.home"), "flink-conf");
  }

  public LocalStack stack() {
    return running.stack();
  }

  public TidewatchSettings settings() {
    return stack().settings();
  }

  public SourceSetup replaySource() {
    return settings().sourcesFor(TidewatchSettings.REPLAY_SOURCE).get(0);
  }

  /** A replay that is yet to run. */
  public Replay replay() {
    return new Replay(settings(), replaySource(), stack().flink(), silent());
  }

  /** Replays a file to its end. */
  public Replay.Outcome replay(Path file) {
    return replay().run(List.of(file.toString()), Optional.empty());
  }

  public List<Map<String, String>> query(String query) {
    return client.query(query);
  }

  /** The only value of the only row. */
  public String value(String query) {
    return query(query).get(0).values().iterator().next();
  }

  public void execute(String statement) {
    client.execute(statement);
  }

  /** Empties all that the job writes. */
  public void emptyTables() {
    WRITTEN.forEach(table -> execute("TRUNCATE TABLE tidewatch." + table.name()));
  }

  /** How many records came to that end, as the quality metrics in ClickHouse say. */
  public long ended(String end) {
    return Long.parseLong(
        value(
            """
            SELECT toUInt64(sum(value)) FROM tidewatch.v_metric_windows
            WHERE metric = 'events_%s' AND window = '1d' AND series = 'source=replay'
            """
                .formatted(end)));
  }

  static PrintStream silent() {
    return new PrintStream(OutputStream.nullOutputStream());
  }

  private record Running(LocalStack stack, Path directory) implements CloseableResource {

    static Running start() {
      try {
        Path directory = Files.createTempDirectory("tidewatch-stack");
        LocalStack stack =
            LocalStack.start(
                DataDirectory.at(directory), conf(), LocalStack.Ports.FREE, Map.of(), silent());
        return new Running(stack, directory);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws IOException {
      stack.close();
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }
}
