package io.tidewatch.rules;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tidewatch.audit.AuditEntry;
import io.tidewatch.config.Problem;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** What the audit log says of changes to rules. */
public final class RuleAudit {

  public static final String APPLIED = "rule applied";

  /** Nobody watches it any more. */
  public static final String REMOVED = "rule removed";

  /** The rule that the job was started with counts again. */
  public static final String RESET = "rule reset";

  public static final String REFUSED = "rule refused";

  /** All of them. */
  public static final List<String> ACTIONS = List.of(APPLIED, REMOVED, RESET, REFUSED);

  private static final JsonFactory JSON = new JsonFactory();

  private RuleAudit() {}

  /**
   * That a message came into force.
   *
   * @param document empty if the message forgot what was applied
   */
  public static AuditEntry taken(RuleMessage message, Optional<RuleDocument> document) {
    String action = document.map(rule -> rule.enabled() ? APPLIED : REMOVED).orElse(RESET);
    return entry(message, action, List.of());
  }

  /** That a message was refused. */
  public static AuditEntry refused(RuleMessage message, List<Problem> problems) {
    return entry(message, REFUSED, problems);
  }

  private static AuditEntry entry(RuleMessage message, String action, List<Problem> problems) {
    return new AuditEntry(
        message.id(),
        message.time(),
        message.author(),
        action,
        message.name(),
        details(message, problems));
  }

  /** Such as {@code {"rule": "name: …", "problems": ["…"]}}. */
  private static String details(RuleMessage message, List<Problem> problems) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      if (message.yaml() != null) {
        out.writeStringField("rule", message.yaml());
      }
      if (!problems.isEmpty()) {
        out.writeArrayFieldStart("problems");
        for (Problem problem : problems) {
          out.writeString(problem.toString());
        }
        out.writeEndArray();
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }
}
