package io.tidewatch.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where one local stack keeps everything: Kafka's records, ClickHouse's data, Flink's checkpoints.
 *
 * <p>At most one process at a time works on it, the one that holds its {@link #lock()}. A stack
 * that is up writes its addresses there, for other commands to find it.
 */
public final class DataDirectory {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STACK_FILE = "stack.json";

  private final Path root;

  private DataDirectory(Path root) {
    this.root = root;
  }

  /**
   * The directory at the path, created with its parts where missing.
   *
   * @throws UserException where it cannot be created
   */
  public static DataDirectory at(Path path) {
    DataDirectory directory = new DataDirectory(path.toAbsolutePath().normalize());
    try {
      Files.createDirectories(directory.kafka());
      Files.createDirectories(directory.clickhouse());
      Files.createDirectories(directory.checkpoints());
      Files.createDirectories(directory.savepoints());
      Files.createDirectories(directory.models());
      Files.createDirectories(directory.logs());
      return directory;
    } catch (IOException e) {
      throw new UserException("Cannot create the data directory " + path + ": " + e, e);
    }
  }

  public Path root() {
    return root;
  }

  public Path kafka() {
    return root.resolve("kafka");
  }

  public Path clickhouse() {
    return root.resolve("clickhouse");
  }

  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  public Path savepoints() {
    return root.resolve("savepoints");
  }

  /** Trained models and their cards. */
  public Path models() {
    return root.resolve("models");
  }

  /** What Alertmanager keeps, and what it is told to do. */
  public Path alertmanager() {
    return root.resolve("alertmanager");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  /**
   * Takes the directory for this process until the lock is closed or the process ends.
   *
   * @throws UserException where another process holds it
   */
  public DirectoryLock lock() {
    return tryLock().orElseThrow(() -> new UserException(inUseMessage()));
  }

  /** Takes the directory for this process, or nothing where it is taken already. */
  public Optional<DirectoryLock> tryLock() {
    return DirectoryLock.tryLock(root);
  }

  /** The sentence for a directory that is taken already. */
  public String inUseMessage() {
    return "%s is in use by process %s: stop it or choose another directory with --data-dir."
        .formatted(root, DirectoryLock.holder(root));
  }

  /** Makes the addresses of a stack known; the caller holds the lock. */
  public void publish(StackAddresses addresses) {
    try {
      Path partial = root.resolve(STACK_FILE + ".part");
      JSON.writerWithDefaultPrettyPrinter().writeValue(partial.toFile(), addresses);
      Files.move(
          partial,
          stackFile(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the addresses back when the stack stops. */
  public void withdraw() {
    try {
      Files.deleteIfExists(stackFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The addresses of the stack that is up; what a crashed one left behind does not count. */
  public Optional<StackAddresses> runningStack() {
    try {
      return Files.exists(stackFile())
          ? Optional.of(JSON.readValue(stackFile().toFile(), StackAddresses.class))
              .filter(StackAddresses::isAlive)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path stackFile() {
    return root.resolve(STACK_FILE);
  }
}
