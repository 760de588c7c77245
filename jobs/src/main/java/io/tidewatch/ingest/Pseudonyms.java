package io.tidewatch.ingest;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Replaces personal values by their HMAC-SHA256 in hex: equal values stay equal. */
final class Pseudonyms {

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  Pseudonyms(byte[] key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (NoSuchAlgorithmException | InvalidKeyException unusable) {
      throw new IllegalStateException("cannot compute " + ALGORITHM, unusable);
    }
  }

  String of(String value) {
    return HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
  }
}
