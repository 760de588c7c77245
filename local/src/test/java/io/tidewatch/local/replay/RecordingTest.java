package io.tidewatch.local.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.local.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {

  @TempDir private Path directory;

  @Test
  void eachLineIsARecordAndTheLastNeedsNoEnd() throws IOException {
    Path first = Files.writeString(directory.resolve("first"), "a\r\n\nb\n");
    Path second = Files.writeString(directory.resolve("second"), "c\nd");
    assertThat(records(first.toString(), second.toString()))
        .containsExactly("a\r", "", "b", "c", "d");
  }

  @Test
  void saysWhichFileIsNotPackedAsItsNameSays() throws IOException {
    Path file = Files.writeString(directory.resolve("events.jsonl.gz"), "{}\n");
    assertThatThrownBy(() -> records(file.toString()))
        .isInstanceOf(UserException.class)
        .hasMessage("Reading " + file + " failed: Not in GZIP format.");
  }

  @Test
  void aFolderIsNoFile() {
    assertThatThrownBy(() -> new Recording(List.of(directory.toString())))
        .isInstanceOf(UserException.class)
        .hasMessage("There is no file " + directory + " that can be read.");
  }

  private static List<String> records(String... files) {
    List<String> records = new ArrayList<>();
    new Recording(List.of(files)).forEach(record -> records.add(new String(record, UTF_8)));
    return records;
  }
}
