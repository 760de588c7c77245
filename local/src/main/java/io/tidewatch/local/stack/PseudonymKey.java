package io.tidewatch.local.stack;

import io.tidewatch.local.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The key of a data directory's pseudonyms, made at random and kept there for its owner alone. */
public final class PseudonymKey {

  /** The variable of the environment that holds a key of one's own. */
  public static final String VARIABLE = "TIDEWATCH_PSEUDONYM_KEY";

  private static final int BYTES = 32;

  private PseudonymKey() {}

  /** Where the key is kept. */
  public static Path file(DataDirectory directory) {
    return directory.root().resolve("pseudonym.key");
  }

  static String of(DataDirectory directory) {
    Path file = file(directory);
    try {
      if (!Files.exists(file)) {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(key));
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
