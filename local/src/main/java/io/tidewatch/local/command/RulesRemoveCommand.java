package io.tidewatch.local.command;

import io.tidewatch.config.DidYouMean;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.RunningStack;
import io.tidewatch.local.UserException;
import io.tidewatch.local.rules.RuleChanges;
import io.tidewatch.rules.Rule;
import io.tidewatch.rules.RuleDocument;
import io.tidewatch.rules.RuleMessage;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidewatch rules remove NAME}. */
@Command(
    name = "remove",
    description = {
      "Has nobody watch a rule any more, from now on; its alerts end as rule_removed.",
      "A rule of alerts.yaml stays off until it is applied, or gone back to."
    })
public final class RulesRemoveCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;
  @Mixin private AuthorOption by;

  @Option(
      names = "--to-file",
      description = "Forgets what was applied or removed: the rule of alerts.yaml counts again.")
  private boolean toFile;

  @Parameters(paramLabel = "NAME", description = "The rule's name.")
  private String name;

  @Override
  public Integer call() throws InterruptedException {
    TidewatchSettings settings = options.settings();
    RuleChanges changes =
        new RuleChanges(RunningStack.on(options.dataDirectory()), settings.kafka().properties());
    Map<String, RuleMessage> applied = changes.inForce().applied();
    boolean isInFile = settings.definitions().ruleBook().isStartedWith(name);
    if (!isInFile && !applied.containsKey(name)) {
      Set<String> known = new TreeSet<>(applied.keySet());
      settings.definitions().rules().rules().stream().map(Rule::name).forEach(known::add);
      throw new UserException(
          "There is no rule '%s'%s.".formatted(name, DidYouMean.hint(name, known)));
    }
    String yaml = isInFile && !toFile ? RuleDocument.off(name).yaml() : null;
    List<String> sent = changes.send(Collections.singletonMap(name, yaml), by.author());
    RulesAnswer said = RulesAnswer.to(name, changes.answers(sent).get(0));
    System.out.println(said.sentence());
    return said.isTaken() ? 0 : 1;
  }
}
