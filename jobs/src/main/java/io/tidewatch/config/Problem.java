package io.tidewatch.config;

/**
 * One thing wrong with a configuration file, said so that its author can mend it.
 *
 * @param line counted from 1; 0 where the problem has no line, as a file that cannot be read
 * @param path where in the document, as {@code [2].inputs.spend.event}; empty for the whole
 * @param message what was expected and what was found; never a resolved secret
 */
public record Problem(String file, int line, String path, String message) {

  @Override
  public String toString() {
    String position = line == 0 ? file : file + ":" + line;
    return path.isEmpty() ? position + ": " + message : position + ": " + path + ": " + message;
  }
}
