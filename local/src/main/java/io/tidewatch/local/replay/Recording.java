package io.tidewatch.local.replay;

import io.tidewatch.local.UserException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
      if (!file.equals("-") && !Files.isReadable(Path.of(file))) {
        throw new UserException("There is no file " + file + " that can be read.");
      }
    }
  }

  /** Gives each record in order, as its bytes. */
  public void forEach(Consumer<byte[]> action) {
    for (String file : files) {
      try (InputStream in = open(file)) {
        forEach(in, action);
      } catch (IOException e) {
        throw new UncheckedIOException("Reading " + file + " failed: " + e.getMessage(), e);
      }
    }
  }

  private static InputStream open(String file) throws IOException {
    if (file.equals("-")) {
      return new BufferedInputStream(System.in, BUFFER);
    }
    InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(file)), BUFFER);
    return file.endsWith(".gz")
        ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER)
        : in;
  }

  private static void forEach(InputStream in, Consumer<byte[]> action) throws IOException {
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    boolean any = false;
    for (int next = in.read(); next >= 0; next = in.read()) {
      any = next != '\n';
      if (any) {
        record.write(next);
      } else {
        action.accept(record.toByteArray());
        record.reset();
      }
    }
    if (any) {
      action.accept(record.toByteArray());
    }
  }
}
