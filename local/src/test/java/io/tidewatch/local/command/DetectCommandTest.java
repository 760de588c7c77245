package io.tidewatch.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.local.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectCommandTest {

  private static final int ROWS = 1000;
  private static final int ODD_ROW = 900;

  @TempDir private Path directory;
  @RegisterExtension private final Terminal terminal = new Terminal();

  @Test
  void scoresEachSeriesInItsPlaceAndFindsTheOddRow() throws IOException {
    write("a/b/load.csv", series());
    write("a/notes.txt", "not a series");

    assertThat(detect()).as(terminal.errors()).isZero();

    List<String> scored = Files.readAllLines(out("a/b/load.csv"));
    assertThat(scored).hasSize(ROWS + 1);
    assertThat(scored.get(0)).isEqualTo("timestamp,value,anomaly_score");
    assertThat(score(scored.get(ODD_ROW + 1))).isBetween(0.5, 1.0);
    assertThat(scored.subList(1, scored.size())).filteredOn(row -> score(row) >= 0.5).hasSize(1);
    assertThat(scored).allMatch(row -> row.startsWith("timestamp") || score(row) <= 1);
    assertThat(out("a/notes.txt")).doesNotExist();
  }

  @Test
  void whatComesLaterChangesNoScore() throws IOException {
    String all = series();
    write("all.csv", all);
    write("half.csv", all.substring(0, all.indexOf('\n', all.length() / 2) + 1));
    assertThat(detect()).isZero();
    List<String> half = Files.readAllLines(out("half.csv"));
    assertThat(Files.readAllLines(out("all.csv")).subList(0, half.size())).isEqualTo(half);
  }

  @Test
  void keepsOtherColumnsAndReadsTimesAsTheyAreWritten() throws IOException {
    write(
        "a.csv",
        "host,value,timestamp\r\n\"a,b\",1,2014-04-01\r\nc,2e3,2014-04-01T00:05:00.5Z\r\n"
            + "d, -1 ,2014-04-01 00:10\r\n");
    assertThat(detect()).as(terminal.errors()).isZero();
    assertThat(Files.readAllLines(out("a.csv")))
        .containsExactly(
            "host,value,timestamp,anomaly_score",
            "\"a,b\",1,2014-04-01,0.000000",
            "c,2e3,2014-04-01T00:05:00.5Z,0.000000",
            "d, -1 ,2014-04-01 00:10,0.000000");
  }

  @Test
  void aHeaderWithoutTheColumnsIsRefused() throws IOException {
    write("bad.csv", "time,value\n2014-04-01,1\n");
    assertThat(detect()).isEqualTo(1);
    assertThat(terminal.errors())
        .contains("bad.csv, line 1: expected the columns timestamp and value, not 'time,value'.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2014-04-01,one | expected a number, not 'one'",
        "2014-04-01,NaN | expected a finite number, not 'NaN'",
        "2014-04-01, | expected a number, not ''",
        "2014-04-31,1 | expected a time such as 2014-04-01 00:05:00, not '2014-04-31'",
        "yesterday,1 | expected a time such as 2014-04-01 00:05:00, not 'yesterday'",
        "2014-04-01,1,1 | expected 2 fields as in the header, not 3"
      })
  void aBadRowIsNamedAndLeavesNoFile(String row, String problem) throws IOException {
    write("bad.csv", "timestamp,value\n2014-04-01,1\n" + row + '\n');
    assertThat(detect()).isEqualTo(1);
    assertThat(terminal.errors()).contains("bad.csv, line 3: " + problem + '.');
    assertThat(out("bad.csv")).doesNotExist();
  }

  @Test
  void wantsSeriesAndAnotherPlaceForTheScores() throws IOException {
    Files.createDirectories(directory.resolve("in"));
    assertThat(detect()).isEqualTo(1);
    assertThat(terminal.errors()).contains("There is no .csv file below");
    String in = directory.resolve("in").toString();
    assertThat(terminal.execute("detect", in, in + "/scored")).isEqualTo(1);
    assertThat(terminal.errors()).contains("OUT_DIR must lie outside of IN_DIR.");
    assertThat(terminal.execute("detect", in + "/none", in)).isEqualTo(1);
    assertThat(terminal.execute("detect", in)).isEqualTo(2);
  }

  /** Every five minutes about 100, once 250. */
  private static String series() {
    Random noise = new Random(5);
    StringBuilder text = new StringBuilder("timestamp,value\n");
    LocalDateTime time = LocalDateTime.parse("2014-04-01T00:00:00");
    for (int row = 0; row < ROWS; row++) {
      double value = row == ODD_ROW ? 250 : 100 + 5 * noise.nextDouble();
      text.append(time.plusMinutes(5L * row).toString().replace('T', ' ')).append(',');
      text.append(value).append('\n');
    }
    return text.toString();
  }

  private static double score(String row) {
    return Double.parseDouble(row.substring(row.lastIndexOf(',') + 1));
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve("in").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Path out(String name) {
    return directory.resolve("out").resolve(name);
  }

  private int detect() {
    return terminal.execute(
        "detect", directory.resolve("in").toString(), directory.resolve("out").toString());
  }
}
