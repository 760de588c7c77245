package io.tidewatch.local.rules;

import io.tidewatch.config.ConfigurationException;
import io.tidewatch.config.DidYouMean;
import io.tidewatch.config.Problems;
import io.tidewatch.local.UserException;
import io.tidewatch.rules.RuleDocument;
import io.tidewatch.rules.RuleParser;
import java.nio.file.Path;
import java.util.List;

/** Rules as they are named on the command line: {@code FILE}, or {@code FILE#NAME} for one. */
public final class RuleFile {

  private RuleFile() {}

  /**
   * @throws ConfigurationException naming all problems of the file
   * @throws UserException if it has no rule, or none of that name
   */
  public static List<RuleDocument> read(String named, RuleParser parser) {
    int hash = named.lastIndexOf('#');
    Path file = Path.of(hash < 0 ? named : named.substring(0, hash));
    Problems problems = new Problems();
    List<RuleDocument> documents = parser.readFile(file, problems);
    problems.throwIfAny();
    if (documents.isEmpty()) {
      throw new UserException("There is no rule in " + file + ".");
    }
    return hash < 0 ? documents : List.of(only(named.substring(hash + 1), documents, file));
  }

  private static RuleDocument only(String name, List<RuleDocument> documents, Path file) {
    return documents.stream()
        .filter(document -> document.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "There is no rule '%s' in %s%s."
                        .formatted(
                            name,
                            file,
                            DidYouMean.hint(
                                name, documents.stream().map(RuleDocument::name).toList()))));
  }
}
