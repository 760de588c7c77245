package io.tidewatch.local.replay;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.util.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Savepoints that nobody will restore from. */
final class SavepointFiles {

  private static final Logger LOG = LoggerFactory.getLogger(SavepointFiles.class);

  private SavepointFiles() {}

  static void delete(Path savepoint) {
    try {
      FileUtils.deleteDirectory(savepoint.toFile());
    } catch (IOException e) {
      LOG.warn("The savepoint {} could not be deleted: {}", savepoint, e.getMessage());
    }
  }
}
