package io.tidewatch.local.rules;

import io.tidewatch.config.Problems;
import io.tidewatch.rules.Rule;
import io.tidewatch.rules.RuleBook;
import io.tidewatch.rules.RuleCatalogue;
import io.tidewatch.rules.RuleDocument;
import io.tidewatch.rules.RuleMessage;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rules there are, and where each comes from, as lines of a table. */
public final class RuleList {

  private static final String FILE = "alerts.yaml";

  private final RuleBook book;
  private final DateTimeFormatter time;
  private final Map<String, Line> lines = new TreeMap<>();

  private record Line(String name, String watches, String severity, String origin) {}

  /**
   * @param file what the job is started with
   * @param applied what stands in for it, by the names of rules
   */
  public RuleList(
      RuleCatalogue file, Map<String, RuleMessage> applied, RuleBook book, ZoneId zone) {
    this.book = book;
    this.time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(zone);
    file.rules().forEach(rule -> lines.put(rule.name(), line(rule, FILE)));
    applied.values().forEach(message -> lines.put(message.name(), line(message)));
  }

  public List<String> lines() {
    List<Line> all = new ArrayList<>(List.of(new Line("rule", "watches", "severity", "from")));
    all.addAll(lines.values());
    int name = all.stream().mapToInt(line -> line.name().length()).max().orElseThrow();
    int watches = all.stream().mapToInt(line -> line.watches().length()).max().orElseThrow();
    String format = "%%-%ds  %%-%ds  %%-8s  %%s".formatted(name, watches);
    return all.stream()
        .map(line -> format.formatted(line.name(), line.watches(), line.severity(), line.origin()))
        .toList();
  }

  private Line line(RuleMessage message) {
    String by = message.author().isEmpty() ? "" : " by " + message.author();
    String told = by + " at " + time.format(message.time());
    Problems problems = new Problems();
    Optional<RuleDocument> document = book.read(message.name(), message.yaml(), problems);
    if (document.isEmpty()) {
      return new Line(message.name(), "", "", "not valid: " + problems.list().get(0));
    }
    return document
        .filter(RuleDocument::enabled)
        .map(read -> line(read.rule(), "applied" + told))
        .orElseGet(() -> new Line(message.name(), "-", "-", "removed" + told));
  }

  private static Line line(Rule rule, String origin) {
    return new Line(
        rule.name(),
        RuleWording.watches(rule),
        rule.profile().severity().name().toLowerCase(Locale.ROOT),
        origin);
  }
}
