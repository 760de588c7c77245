package io.tidewatch.currency;

import io.tidewatch.config.Problem;
import io.tidewatch.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rates in a file: a header, then a line for each day and currency.
 *
 * <pre>
 * date,currency,rate
 * 2026-01-05,USD,0.8532
 * </pre>
 */
public final class FxRateFile {

  private static final String HEADER = "date,currency,rate";
  private static final int COLUMNS = 3;

  /** A rate from the topic corrects one of the file. */
  private static final long VERSION = 1;

  private final String name;
  private final Problems problems;

  private FxRateFile(String name, Problems problems) {
    this.name = name;
    this.problems = problems;
  }

  /** The rates of a file to a currency; what is wrong with it becomes problems. */
  public static List<FxRate> read(Path path, String quoteCurrency, Problems problems) {
    FxRateFile file = new FxRateFile(path.getFileName().toString(), problems);
    try {
      return file.rates(Files.readAllLines(path), quoteCurrency);
    } catch (NoSuchFileException e) {
      file.problem(0, "there is no such file in " + path.toAbsolutePath().getParent());
    } catch (IOException e) {
      file.problem(0, "cannot be read: " + e.getMessage());
    }
    return List.of();
  }

  private List<FxRate> rates(List<String> lines, String quoteCurrency) {
    List<FxRate> rates = new ArrayList<>();
    if (lines.isEmpty() || !lines.get(0).strip().equals(HEADER)) {
      problem(1, "expected the header " + HEADER);
      return rates;
    }
    Set<String> seen = new HashSet<>();
    for (int line = 1; line < lines.size(); line++) {
      String[] columns = lines.get(line).strip().split(",", -1);
      if (columns.length != COLUMNS) {
        problem(line + 1, "expected " + HEADER + ", not '" + lines.get(line) + "'");
        continue;
      }
      try {
        rates.add(FxRate.parse(columns[0], columns[1], columns[2], quoteCurrency, VERSION));
      } catch (IllegalArgumentException e) {
        problem(line + 1, e.getMessage());
      }
      if (!seen.add(columns[0] + ' ' + columns[1])) {
        problem(line + 1, "a second rate of " + columns[1] + " on " + columns[0]);
      }
    }
    return rates;
  }

  private void problem(int line, String message) {
    problems.add(new Problem(name, line, "", message));
  }
}
