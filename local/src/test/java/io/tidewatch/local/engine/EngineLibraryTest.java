package io.tidewatch.local.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.local.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLibraryTest {

  /** SHA-512 of "abc", as FIPS 180 gives it. */
  private static final String SHA512_OF_ABC =
      "3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==";

  @TempDir private Path directory;

  @Test
  void acceptsTheArchiveThatWasAskedFor() throws IOException {
    Path archive = Files.writeString(directory.resolve("archive.tgz"), "abc");
    assertThatCode(() -> EngineLibrary.verify(archive, SHA512_OF_ABC)).doesNotThrowAnyException();
  }

  @Test
  void refusesAnyOtherArchive() throws IOException {
    Path archive = Files.writeString(directory.resolve("archive.tgz"), "abd");
    assertThatThrownBy(() -> EngineLibrary.verify(archive, SHA512_OF_ABC))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("SHA-512 differs");
  }
}
