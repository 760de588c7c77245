package io.tidewatch.local.demo;

import io.tidewatch.local.DataDirectory;
import io.tidewatch.local.DirectoryLock;
import io.tidewatch.local.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/**
 * A data directory for a company that begins afresh.
 *
 * <p>A file says that what is there came from demos alone. It is gone as soon as another command
 * starts a stack on the directory: its data are somebody's own then.
 */
public final class DemoDirectory {

  private static final String FLINKS_FILES = "tmp";

  private static final String MARKER = "demo";

  private DemoDirectory() {}

  /** From now on no demo removes what is there. */
  public static void keep(DataDirectory directory) {
    try {
      Files.deleteIfExists(directory.root().resolve(MARKER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Removes what an earlier demo left there, and nothing else.
   *
   * @throws UserException if it holds the data of a stack that is no demo, or is in use
   */
  public static void prepare(DataDirectory directory) {
    try (DirectoryLock lock = directory.lock()) {
      Path marker = directory.root().resolve(MARKER);
      List<Path> data =
          List.of(
              directory.kafka(),
              directory.clickhouse(),
              directory.checkpoints(),
              directory.savepoints(),
              directory.models(),
              directory.alertmanager(),
              directory.root().resolve(FLINKS_FILES));
      if (!Files.exists(marker) && data.stream().anyMatch(DemoDirectory::holdsFiles)) {
        throw new UserException(
            "%s holds data that are no demo's: choose another directory with --data-dir."
                .formatted(directory.root()));
      }
      for (Path folder : data) {
        FileUtils.deleteDirectory(folder.toFile());
        Files.createDirectories(folder);
      }
      Files.writeString(marker, "");
      Files.deleteIfExists(TruthFile.in(directory.root()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean holdsFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
