package io.tidewatch.local;

import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.clickhouse.ClickHouseEndpoint;
import io.tidewatch.local.engine.EngineLibrary;
import io.tidewatch.local.engine.EngineProcess;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The way a command reaches ClickHouse, until closed.
 *
 * <p>In this order: the server that {@code CLICKHOUSE_URL} names; the stack that is up on the data
 * directory; an engine of its own on the data directory, stopped at {@link #close()}.
 */
public final class ClickHouseAccess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long RETRY_MILLIS = 200;

  private final ClickHouseEndpoint endpoint;
  private final Optional<TemporaryEngine> engine;

  private ClickHouseAccess(ClickHouseEndpoint endpoint, Optional<TemporaryEngine> engine) {
    this.endpoint = endpoint;
    this.engine = engine;
  }

  /**
   * Finds or starts a ClickHouse.
   *
   * <p>Where another process holds the directory but has no ClickHouse to offer yet, such as a
   * stack that is starting, this waits half a minute for it.
   *
   * @throws UserException where there is none to be had
   */
  public static ClickHouseAccess open(DataDirectory directory) {
    return open(directory, System.getenv());
  }

  static ClickHouseAccess open(DataDirectory directory, Map<String, String> environment) {
    Optional<ClickHouseEndpoint> real = ofEnvironment(environment);
    if (real.isPresent()) {
      return new ClickHouseAccess(real.get(), Optional.empty());
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    do {
      Optional<ClickHouseAccess> access = tryOpen(directory);
      if (access.isPresent()) {
        return access.get();
      }
    } while (System.nanoTime() < deadline && pause());
    return ofOwnEngine(directory, directory.lock());
  }

  /** Where ClickHouse answers, and as whom. */
  public ClickHouseEndpoint endpoint() {
    return endpoint;
  }

  /** Asks it; table names without a database are of the given one. */
  public ClickHouseClient client(String database) {
    return new ClickHouseClient(endpoint, database);
  }

  @Override
  public void close() {
    engine.ifPresent(TemporaryEngine::close);
  }

  /**
   * The server that {@code CLICKHOUSE_URL} names, if it names one.
   *
   * @throws UserException where the address is not one of HTTP
   */
  static Optional<ClickHouseEndpoint> ofEnvironment(Map<String, String> environment) {
    try {
      return ClickHouseEndpoint.ofEnvironment(environment);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "CLICKHOUSE_URL must be like http://host:8123, not '%s'."
              .formatted(environment.get("CLICKHOUSE_URL")),
          e);
    }
  }

  /** The lock is the truth: a stack.json without it is left over from a crash. */
  private static Optional<ClickHouseAccess> tryOpen(DataDirectory directory) {
    return directory
        .tryLock()
        .map(lock -> ofOwnEngine(directory, lock))
        .or(() -> directory.runningStack().map(ClickHouseAccess::ofStack));
  }

  private static ClickHouseAccess ofStack(StackAddresses stack) {
    return new ClickHouseAccess(ClickHouseEndpoint.of(stack.clickhouseUrl()), Optional.empty());
  }

  private static ClickHouseAccess ofOwnEngine(DataDirectory directory, DirectoryLock lock) {
    TemporaryEngine engine = TemporaryEngine.start(directory, lock);
    return new ClickHouseAccess(
        ClickHouseEndpoint.of(engine.process().url().toString()), Optional.of(engine));
  }

  private static boolean pause() {
    try {
      Thread.sleep(RETRY_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** An engine that lives as long as one command, and the lock it works under. */
  private record TemporaryEngine(EngineProcess process, DirectoryLock lock)
      implements AutoCloseable {

    static TemporaryEngine start(DataDirectory directory, DirectoryLock lock) {
      try {
        EngineProcess process =
            new EngineProcess(
                EngineLibrary.ofUser(System.err).path(),
                directory.clickhouse(),
                0,
                directory.logs().resolve("clickhouse.log"));
        Runtime.getRuntime().addShutdownHook(new Thread(process::close));
        return new TemporaryEngine(process.start(), lock);
      } catch (RuntimeException e) {
        lock.close();
        throw e;
      }
    }

    @Override
    public void close() {
      process.close();
      lock.close();
    }
  }
}
