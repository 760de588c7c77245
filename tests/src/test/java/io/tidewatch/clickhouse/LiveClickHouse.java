package io.tidewatch.clickhouse;

import io.tidewatch.local.engine.EngineLibrary;
import io.tidewatch.local.engine.EngineProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The real engine with the schema in place, for the tests of one class. */
public final class LiveClickHouse implements BeforeAllCallback, AfterAllCallback {

  private Path directory;
  private EngineProcess engine;
  private ClickHouseEndpoint endpoint;
  private ClickHouseClient client;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    directory = Files.createTempDirectory("tidewatch-clickhouse");
    engine =
        new EngineProcess(
                EngineLibrary.ofUser(System.out).path(),
                directory.resolve("data"),
                0,
                directory.resolve("engine.log"))
            .start();
    endpoint = ClickHouseEndpoint.of(engine.url().toString());
    client = new ClickHouseClient(endpoint);
    new Migrations(client).apply(SchemaFiles.packaged().migrations());
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    engine.close();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  public ClickHouseEndpoint endpoint() {
    return endpoint;
  }

  public ClickHouseClient client() {
    return client;
  }

  /** Ends the engine as a crash would. */
  public void kill() {
    engine.kill();
  }

  /** Starts it again on the same port and data. */
  public void start() {
    engine.start();
  }

  /** The only value of the only row. */
  public String value(String query) {
    return client.query(query).get(0).values().iterator().next();
  }

  /** Empties a table. */
  public void truncate(String table) {
    client.execute("TRUNCATE TABLE tidewatch." + table);
  }

  /** Writes rows as the sink does. */
  public <T> void write(Table<T> table, Iterable<T> rows) {
    try (JdbcRows<T> writer = new JdbcRows<>(endpoint, table)) {
      rows.forEach(writer::write);
    }
  }
}
