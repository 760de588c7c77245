package io.tidewatch.clickhouse;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * One numbered file of the schema.
 *
 * @param name the file's name, {@code V001__database.sql}
 * @param sql its text
 */
public record Migration(String name, String sql) {

  /** SHA-256 of the text in hex digits. */
  public String checksum() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> statements() {
    return SqlScript.statements(sql);
  }
}
