package io.tidewatch.local.command;

import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.rules.RuleFile;
import io.tidewatch.rules.RuleBook;
import io.tidewatch.rules.RuleDocument;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tidewatch rules validate FILE}. */
@Command(
    name = "validate",
    description = {
      "Reads the rules of a file and lists every problem, with its line.",
      "Says which of them act only after a restart."
    })
public final class RulesValidateCommand implements Runnable {

  @Mixin private CommonOptions options;

  @Parameters(paramLabel = "FILE", description = "Rules as in alerts.yaml; FILE#NAME is one.")
  private String file;

  @Override
  public void run() {
    TidewatchSettings settings = options.settings();
    List<RuleDocument> documents = RuleFile.read(file, settings.definitions().ruleParser());
    RuleBook book = settings.definitions().ruleBook();
    documents.stream()
        .filter(RuleDocument::enabled)
        .forEach(
            document ->
                book.needsRestart(document.rule())
                    .ifPresent(reason -> System.out.println(document.name() + ": " + reason)));
    System.out.println(
        documents.size() == 1 ? "1 rule, valid" : documents.size() + " rules, all valid");
  }
}
