package io.tidewatch.local.command;

import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.RunningStack;
import io.tidewatch.local.rules.RuleChanges;
import io.tidewatch.local.rules.RuleList;
import io.tidewatch.rules.RuleMessage;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidewatch rules list}. */
@Command(
    name = "list",
    description = "Lists the rules there are, what each watches, and where it comes from.")
public final class RulesListCommand implements Runnable {

  @Mixin private CommonOptions options;

  @Override
  public void run() {
    TidewatchSettings settings = options.settings();
    RunningStack stack = RunningStack.on(options.dataDirectory());
    Map<String, RuleMessage> applied = Map.of();
    if (stack.kafkaBootstrapIfUp().isPresent()) {
      applied = new RuleChanges(stack, settings.kafka().properties()).inForce().applied();
    } else {
      System.err.println("No stack is up; these are the rules that it would be started with.");
    }
    new RuleList(
            settings.definitions().rules(),
            applied,
            settings.definitions().ruleBook(),
            settings.reporting().zone())
        .lines()
        .forEach(System.out::println);
  }
}
