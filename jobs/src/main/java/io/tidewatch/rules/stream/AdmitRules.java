package io.tidewatch.rules.stream;

import io.tidewatch.audit.AuditEntry;
import io.tidewatch.config.Problem;
import io.tidewatch.config.Problems;
import io.tidewatch.rules.RuleAudit;
import io.tidewatch.rules.RuleBook;
import io.tidewatch.rules.RuleDocument;
import io.tidewatch.rules.RuleMessage;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on the messages that may come into force, and tells what became of each. It decides by the
 * message alone, in one place, so that all who watch agree.
 */
final class AdmitRules extends ProcessFunction<RuleMessage, RuleMessage> {

  static final OutputTag<AuditEntry> AUDIT =
      new OutputTag<>("rules-audit", TypeInformation.of(AuditEntry.class));

  private static final Logger LOG = LoggerFactory.getLogger(AdmitRules.class);

  private final RuleBook book;

  private transient Counter refused;

  AdmitRules(RuleBook book) {
    this.book = book;
  }

  @Override
  public void open(OpenContext context) {
    refused = getRuntimeContext().getMetricGroup().counter("rules_refused");
  }

  @Override
  public void processElement(RuleMessage message, Context context, Collector<RuleMessage> out) {
    Problems problems = new Problems();
    Optional<RuleDocument> document =
        message.yaml() == null
            ? Optional.empty()
            : book.read(message.name(), message.yaml(), problems);
    if (problems.isEmpty()) {
      context.output(AUDIT, RuleAudit.taken(message, document));
      out.collect(message);
      return;
    }
    refused.inc();
    for (Problem problem : problems.list()) {
      LOG.warn("A rule is refused, the one before stays: {}", problem);
    }
    context.output(AUDIT, RuleAudit.refused(message, problems.list()));
  }
}
