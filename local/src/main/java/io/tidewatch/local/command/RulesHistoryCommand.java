package io.tidewatch.local.command;

import io.tidewatch.audit.AuditEntry;
import io.tidewatch.clickhouse.AuditLog;
import io.tidewatch.local.ClickHouseAccess;
import io.tidewatch.rules.RuleAudit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tidewatch rules history [NAME]}. */
@Command(
    name = "history",
    description = {
      "Says who changed which rule when, and what was refused, with the stack up or stopped."
    })
public final class RulesHistoryCommand implements Runnable {

  @Mixin private CommonOptions options;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "Only of this rule.")
  private String name;

  @Override
  public void run() {
    try (ClickHouseAccess access = ClickHouseAccess.open(options.dataDirectory())) {
      List<AuditEntry> entries =
          new AuditLog(access.client("tidewatch"))
              .history(RuleAudit.ACTIONS, Optional.ofNullable(name));
      entries.forEach(RulesHistoryCommand::print);
    }
  }

  private static void print(AuditEntry entry) {
    System.out.printf(
        "%s  %-12s  %-12s  %s  %s%n",
        entry.time(),
        entry.actor().isEmpty() ? "-" : entry.actor(),
        entry.action(),
        entry.object(),
        entry.details());
  }
}
