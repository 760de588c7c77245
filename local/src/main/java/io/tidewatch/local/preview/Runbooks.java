package io.tidewatch.local.preview;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What to do about an alert, as a rule's runbook says it. */
final class Runbooks {

  private static final Pattern NAME = Pattern.compile("\\w+");

  private final Path folder;

  /**
   * @param folder with a Markdown file per rule; read anew each time
   */
  Runbooks(Path folder) {
    this.folder = folder;
  }

  /** Answers {@code /api/runbooks/NAME}, of which the path is what follows. */
  Answer answer(List<String> path) {
    String name = String.join("/", path);
    Path file = folder.resolve(NAME.matcher(name).matches() ? name + ".md" : ".md");
    if (!Files.isRegularFile(file)) {
      throw Problem.notFound("There is no runbook '%s'.".formatted(name));
    }
    try {
      return Answer.json(Map.of("text", Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
