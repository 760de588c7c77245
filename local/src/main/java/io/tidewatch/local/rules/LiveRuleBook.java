package io.tidewatch.local.rules;

import io.tidewatch.kafka.RuleTopic;
import io.tidewatch.rules.RuleMessage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was applied to the stack that is up, as its topic keeps it. */
public final class LiveRuleBook {

  private final Map<String, RuleMessage> applied = new LinkedHashMap<>();

  private LiveRuleBook(List<RuleMessage> messages) {
    for (RuleMessage message : messages) {
      if (message.yaml() == null) {
        applied.remove(message.name());
      } else {
        applied.put(message.name(), message);
      }
    }
  }

  /**
   * @param kafka client properties
   */
  public static LiveRuleBook read(Map<String, String> kafka, String bootstrap) {
    Map<String, String> properties = new HashMap<>(kafka);
    properties.put("bootstrap.servers", bootstrap);
    return new LiveRuleBook(RuleTopic.read(properties));
  }

  /** The newest message of each rule that stands in for the file's, by the rule's name. */
  public Map<String, RuleMessage> applied() {
    return applied;
  }
}
