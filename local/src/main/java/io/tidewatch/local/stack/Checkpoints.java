package io.tidewatch.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The checkpoints that jobs left on disk. */
public final class Checkpoints {

  private static final String METADATA = "_metadata";

  private Checkpoints() {}

  /** The latest complete one below a directory. */
  public static Optional<Path> latest(Path... directories) {
    return Stream.of(directories)
        .filter(Files::isDirectory)
        .flatMap(Checkpoints::complete)
        .max(Comparator.comparing(Checkpoints::completedAt))
        .map(Path::getParent);
  }

  private static Stream<Path> complete(Path directory) {
    try (Stream<Path> files = Files.walk(directory, 3)) {
      return files.filter(file -> file.getFileName().toString().equals(METADATA)).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime completedAt(Path metadata) {
    try {
      return Files.getLastModifiedTime(metadata);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
