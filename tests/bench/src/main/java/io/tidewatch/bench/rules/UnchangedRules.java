package io.tidewatch.bench.rules;

import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.rules.BusinessCalendar;
import io.tidewatch.rules.Rule;
import io.tidewatch.rules.RuleBook;
import io.tidewatch.rules.RuleCatalogue;
import io.tidewatch.rules.RuleMessage;
import io.tidewatch.rules.RuleParser;
import io.tidewatch.rules.stream.RulesStage;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Rules that nobody changes while the job runs. */
public final class UnchangedRules {

  private UnchangedRules() {}

  public static RulesStage.Outputs of(
      StreamExecutionEnvironment environment, List<? extends Rule> rules) {
    return RulesStage.apply(
        environment
            .fromData(new RuleMessage("", "", null, "", Instant.EPOCH))
            .setParallelism(1)
            .uid("alert-rules")
            .filter(message -> false)
            .setParallelism(1)
            .uid("no-alert-rules"),
        new RuleBook(
            new RuleCatalogue(List.copyOf(rules), BusinessCalendar.EMPTY),
            new RuleParser(new MetricCatalogue(List.of()), Set.of(), BusinessCalendar.EMPTY)));
  }
}
