package io.tidewatch.local.detect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.anomaly.AnomalyDetector;
import io.tidewatch.local.UserException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A CSV file of a series with the columns {@code timestamp} and {@code value}, and what the
 * detector says of each row as one more column, {@code anomaly_score}, 0 to 1. Other columns stay
 * as they are.
 *
 * <p>Timestamps are local, such as {@code 2014-04-01 00:05:00}; of one with an offset the hour
 * counts as it is written.
 */
public final class ScoredSeries {

  private static final String TIMESTAMP = "timestamp";
  private static final String VALUE = "value";
  private static final String SCORE = "anomaly_score";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalEnd()
          .optionalStart()
          .appendOffsetId()
          .optionalEnd()
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final Path source;
  private final AnomalyDetector detector = new AnomalyDetector();
  private int line;

  private record Columns(int timestamp, int value, int count) {}

  private ScoredSeries(Path source) {
    this.source = source;
  }

  /**
   * Scores the rows of one file into another, which appears only when it is complete.
   *
   * @return how many rows there are
   * @throws UserException naming the file and the line where something is wrong
   */
  public static int score(Path source, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    Path unfinished = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".part");
    try {
      int rows = new ScoredSeries(source).write(unfinished);
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
      return rows;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private int write(Path target) throws IOException {
    int rows = 0;
    try (BufferedReader in = Files.newBufferedReader(source, UTF_8);
        BufferedWriter out = Files.newBufferedWriter(target, UTF_8)) {
      String header = next(in).orElseThrow(() -> problem("there is no header"));
      Columns columns = columns(header);
      out.append(header).append(',').append(SCORE).append('\n');
      for (Optional<String> row = next(in); row.isPresent(); row = next(in)) {
        if (!row.get().isBlank()) {
          out.append(row.get()).append(',').append(score(row.get(), columns)).append('\n');
          rows++;
        }
      }
    } catch (CharacterCodingException e) {
      throw new UserException("%s: the file is not UTF-8 text.".formatted(source), e);
    }
    return rows;
  }

  private Optional<String> next(BufferedReader in) throws IOException {
    line++;
    String text = in.readLine();
    return Optional.ofNullable(
        text != null && line == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
  }

  private Columns columns(String header) {
    List<String> names = CsvLine.fields(header);
    if (!names.contains(TIMESTAMP) || !names.contains(VALUE)) {
      throw problem("expected the columns timestamp and value, not '%s'".formatted(header));
    }
    if (names.contains(SCORE)) {
      throw problem("there is a column anomaly_score already");
    }
    return new Columns(names.indexOf(TIMESTAMP), names.indexOf(VALUE), names.size());
  }

  private String score(String row, Columns columns) {
    List<String> fields = CsvLine.fields(row);
    if (fields.size() != columns.count()) {
      throw problem(
          "expected %d fields as in the header, not %d".formatted(columns.count(), fields.size()));
    }
    double score =
        detector
            .assess(time(fields.get(columns.timestamp())), value(fields.get(columns.value())))
            .score();
    return String.format(Locale.ROOT, "%.6f", score);
  }

  private LocalDateTime time(String text) {
    try {
      return LocalDateTime.parse(text, TIME);
    } catch (DateTimeException e) {
      throw problem("expected a time such as 2014-04-01 00:05:00, not '%s'".formatted(text));
    }
  }

  private double value(String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw problem("expected a number, not '%s'".formatted(text));
    }
    throw problem("expected a finite number, not '%s'".formatted(text));
  }

  private UserException problem(String what) {
    return new UserException("%s, line %d: %s.".formatted(source, line, what));
  }
}
