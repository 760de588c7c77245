package io.tidewatch.config;

import java.util.ArrayList;
import java.util.List;

/** Collects everything wrong with the configuration, so that it is reported all at once. */
public final class Problems {

  private final List<Problem> found = new ArrayList<>();

  public void add(Problem problem) {
    found.add(problem);
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** In the order of files as read, and of lines within a file. */
  public List<Problem> list() {
    List<String> files = found.stream().map(Problem::file).distinct().toList();
    return found.stream()
        .sorted(
            (a, b) ->
                a.file().equals(b.file())
                    ? Integer.compare(a.line(), b.line())
                    : Integer.compare(files.indexOf(a.file()), files.indexOf(b.file())))
        .toList();
  }

  /**
   * @throws ConfigurationException naming every problem, if there is one
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigurationException(list());
    }
  }
}
