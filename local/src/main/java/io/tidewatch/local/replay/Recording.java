package io.tidewatch.local.replay;

import io.tidewatch.local.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * Files of recorded events, one record per {@code \n}; {@code -} is standard input, and what ends
 * in {@code .gz} is unpacked. The last record needs no {@code \n}.
 */
public final class Recording {

  private static final int BUFFER = 1 << 16;

  private final List<String> files;

  /**
   * @throws UserException if a file can't be read
   */
  public Recording(List<String> files) {
    requireReadable(files);
    this.files = files;
  }

  /**
   * Checks that the files are there.
   *
   * @throws UserException if one can't be read
   */
  public static void requireReadable(List<String> files) {
    for (String file : files) {
      if (!file.equals("-")
          && (!Files.isReadable(Path.of(file)) || Files.isDirectory(Path.of(file)))) {
        throw new UserException("There is no file " + file + " that can be read.");
      }
    }
  }

  /**
   * Gives each record in order, as its bytes.
   *
   * @throws UserException if a file can't be read to its end
   */
  public void forEach(Consumer<byte[]> action) {
    for (String file : files) {
      try (InputStream in = open(file)) {
        forEach(in, action);
      } catch (IOException e) {
        throw new UserException("Reading %s failed: %s.".formatted(file, e.getMessage()), e);
      }
    }
  }

  private static InputStream open(String file) throws IOException {
    if (file.equals("-")) {
      return System.in;
    }
    InputStream in = Files.newInputStream(Path.of(file));
    return file.endsWith(".gz") ? new GZIPInputStream(in, BUFFER) : in;
  }

  private static void forEach(InputStream in, Consumer<byte[]> action) throws IOException {
    byte[] buffer = new byte[BUFFER];
    ByteArrayOutputStream begun = new ByteArrayOutputStream();
    for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
      int start = 0;
      for (int i = 0; i < length; i++) {
        if (buffer[i] == '\n') {
          begun.write(buffer, start, i - start);
          action.accept(begun.toByteArray());
          begun.reset();
          start = i + 1;
        }
      }
      begun.write(buffer, start, length - start);
    }
    if (begun.size() > 0) {
      action.accept(begun.toByteArray());
    }
  }
}
