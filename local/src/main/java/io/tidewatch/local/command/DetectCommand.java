package io.tidewatch.local.command;

import io.tidewatch.local.UserException;
import io.tidewatch.local.detect.ScoredSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidewatch detect IN_DIR OUT_DIR}: the job's detector on recorded series. */
@Command(
    name = "detect",
    description = {
      "Scores recorded series as the job does, each row knowing only the rows before it.",
      "Reads every .csv file below IN_DIR, with the columns timestamp and value, and writes it to",
      "the same place below OUT_DIR with one more column: anomaly_score, 0 to 1; 0.5 and more is",
      "an alarm."
    })
public final class DetectCommand implements Callable<Integer> {

  private static final String SUFFIX = ".csv";

  @Parameters(index = "0", paramLabel = "IN_DIR", description = "Where the series are.")
  private Path from;

  @Parameters(
      index = "1",
      paramLabel = "OUT_DIR",
      description = "Where the scored series go; created where missing.")
  private Path to;

  @Override
  public Integer call() throws IOException {
    List<Path> files = files();
    long rows = 0;
    for (Path file : files) {
      try {
        rows += ScoredSeries.score(file, to.resolve(from.relativize(file)));
      } catch (IOException e) {
        throw new UserException("%s cannot be scored: %s.".formatted(file, e.getMessage()), e);
      }
    }
    System.out.printf("scored %,d rows of %d series%n", rows, files.size());
    return 0;
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(from)) {
      throw new UserException("%s is not a directory.".formatted(from));
    }
    if (to.toAbsolutePath().normalize().startsWith(from.toAbsolutePath().normalize())) {
      throw new UserException("OUT_DIR must lie outside of IN_DIR.");
    }
    try (Stream<Path> paths = Files.walk(from)) {
      List<Path> files =
          paths
              .filter(path -> path.getFileName().toString().endsWith(SUFFIX))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new UserException("There is no .csv file below %s.".formatted(from));
      }
      return files;
    }
  }
}
