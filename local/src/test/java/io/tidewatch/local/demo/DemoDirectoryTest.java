package io.tidewatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.local.DataDirectory;
import io.tidewatch.local.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDirectoryTest {

  @TempDir private Path root;

  @Test
  void removesWhatAnEarlierDemoLeft() throws IOException {
    DataDirectory directory = DataDirectory.at(root);
    DemoDirectory.prepare(directory);
    Files.writeString(directory.kafka().resolve("records"), "of a demo");
    DemoDirectory.prepare(directory);
    assertThat(directory.kafka()).isEmptyDirectory();
  }

  @Test
  void leavesAloneWhatIsNoDemos() throws IOException {
    DataDirectory directory = DataDirectory.at(root);
    DemoDirectory.prepare(directory);
    DemoDirectory.keep(directory);
    Path own = Files.writeString(directory.kafka().resolve("records"), "of one's own");
    assertThatThrownBy(() -> DemoDirectory.prepare(directory))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("holds data that are no demo's");
    assertThat(own).exists();
  }
}
