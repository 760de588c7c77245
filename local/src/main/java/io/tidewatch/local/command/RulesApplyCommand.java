package io.tidewatch.local.command;

import io.tidewatch.audit.AuditEntry;
import io.tidewatch.config.ConfigurationException;
import io.tidewatch.config.Problem;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.RunningStack;
import io.tidewatch.local.rules.RuleChanges;
import io.tidewatch.local.rules.RuleFile;
import io.tidewatch.rules.RuleAudit;
import io.tidewatch.rules.RuleBook;
import io.tidewatch.rules.RuleDocument;
import io.tidewatch.rules.RuleMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tidewatch rules apply FILE}. */
@Command(
    name = "apply",
    description = {
      "Has rules act on windows and events from now on, without a restart; waits until the job has"
          + " them.",
      "All rules of the file are applied, or none if there is a problem with one."
    })
public final class RulesApplyCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;
  @Mixin private AuthorOption by;

  @Parameters(paramLabel = "FILE", description = "Rules as in alerts.yaml; FILE#NAME is one.")
  private String file;

  @Override
  public Integer call() throws InterruptedException {
    TidewatchSettings settings = options.settings();
    RuleChanges changes =
        new RuleChanges(RunningStack.on(options.dataDirectory()), settings.kafka().properties());
    List<RuleDocument> documents = read(settings, changes);
    Map<String, String> yaml = new LinkedHashMap<>();
    documents.forEach(document -> yaml.put(document.name(), document.yaml()));
    List<Optional<AuditEntry>> answers = changes.answers(changes.send(yaml, by.author()));
    boolean taken = true;
    for (int i = 0; i < answers.size(); i++) {
      RulesAnswer said = RulesAnswer.to(documents.get(i).name(), answers.get(i));
      System.out.println(said.sentence());
      taken &= said.isTaken();
    }
    return taken ? 0 : 1;
  }

  /** What is refused here is in the audit log, too. */
  private List<RuleDocument> read(TidewatchSettings settings, RuleChanges changes) {
    try {
      List<RuleDocument> documents = RuleFile.read(file, settings.definitions().ruleParser());
      refuseWhatNeedsRestart(documents, settings.definitions().ruleBook());
      return documents;
    } catch (ConfigurationException e) {
      RuleMessage refused =
          new RuleMessage(UUID.randomUUID().toString(), file, null, by.author(), Instant.now());
      changes.audit().write(RuleAudit.refused(refused, e.problems()));
      throw e;
    }
  }

  private void refuseWhatNeedsRestart(List<RuleDocument> documents, RuleBook book) {
    List<Problem> problems = new ArrayList<>();
    for (RuleDocument document : documents) {
      if (document.enabled()) {
        book.needsRestart(document.rule())
            .ifPresent(reason -> problems.add(new Problem(file, 0, document.name(), reason)));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }
}
