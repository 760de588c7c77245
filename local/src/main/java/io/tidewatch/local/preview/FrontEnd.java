package io.tidewatch.local.preview;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The files that the build made of {@code local/preview}. */
final class FrontEnd {

  private static final Pattern ASSET = Pattern.compile("[\\w.-]+\\.(js|css|svg|woff2)");
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "woff2", "font/woff2");

  /** Their names change with what is in them. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  /** The page itself, whatever of its addresses is asked: it finds out by itself what to show. */
  Answer page() {
    return read("index.html")
        .map(content -> new Answer(200, "text/html; charset=utf-8", "no-cache", content))
        .orElseThrow(() -> Problem.notFound("The preview was built without its pages."));
  }

  /**
   * A script, style, picture or font.
   *
   * @throws Problem where there is none
   */
  Answer asset(List<String> path) {
    return Optional.of(String.join("/", path))
        .filter(name -> ASSET.matcher(name).matches())
        .flatMap(name -> read("assets/" + name).map(content -> asset(name, content)))
        .orElseThrow(() -> Problem.notFound("There is no such file."));
  }

  private static Answer asset(String name, byte[] content) {
    return new Answer(200, TYPES.get(name.substring(name.lastIndexOf('.') + 1)), FOR_EVER, content);
  }

  private static Optional<byte[]> read(String name) {
    try (InputStream file = FrontEnd.class.getResourceAsStream("/preview/" + name)) {
      return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
