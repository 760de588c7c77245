package io.tidewatch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.config.Problem;
import io.tidewatch.config.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleBookTest {

  private static final String[] MINUTELY = {
    "metric: api_requests", "window: 1m", "condition: {above: 10}"
  };

  private static final String SPIKE =
      """
      name: spike
      severity: high
      pattern: metric-spike
      metric: api_requests
      window: 1m
      parameters: {windows: 3, above_ratio: 2}
      """;

  @Test
  void anAppliedRuleStandsInForTheOneOfItsNameUntilItIsForgotten() {
    MetricRule started = TestRules.rule(MetricRule.class, MINUTELY);
    RuleBook book = TestRules.book(started);
    apply(book, "watched", TestRules.document("watched", "event: {type: payment.failed}"));
    assertThat(book.rules()).singleElement().isInstanceOf(EventRule.class);
    apply(book, "watched", RuleDocument.off("watched").yaml());
    assertThat(book.rules()).isEmpty();
    assertThat(book.rule("watched")).isEmpty();
    book.forget("watched");
    assertThat(book.rule("watched")).contains(started);
    apply(book, "another", TestRules.document("another", MINUTELY));
    assertThat(book.rules()).extracting(Rule::name).containsExactly("watched", "another");
  }

  @Test
  void whatIsWrongWithADocumentIsSaidAtOnceWithItsLine() {
    RuleBook book = TestRules.book();
    assertThat(
            problems(
                book,
                "watched",
                """
                name: watched
                severity: hihg
                metric: api_request
                window: 1m
                condition: {abov: 10}
                """))
        .containsExactly(
            "watched:2: severity: expected one of low, medium, high, critical, not 'hihg'; did you"
                + " mean 'high'?",
            "watched:3: metric: there is no metric 'api_request' in metrics.yaml; did you mean"
                + " 'api_requests'?",
            "watched:5: condition: expected one of above, below, change, baseline, anomaly, absent, not"
                + " none",
            "watched:5: condition: unknown key 'abov'; did you mean 'above'?");
    assertThat(problems(book, "one", TestRules.document("other", MINUTELY)))
        .containsExactly("one:1: name: is sent as the rule 'one'");
    assertThat(problems(book, "one", "- no rule"))
        .contains("one:1: expected a mapping of keys to values, not a list");
  }

  @Test
  void aPatternTakesOverWhatIsNotCompiled() {
    RuleBook book = TestRules.book(rule(SPIKE));
    apply(book, "spike", SPIKE.replace("high", "low") + "notify: [growth]\n");
    assertThat(book.rule("spike").orElseThrow().profile().receivers()).containsExactly("growth");
    apply(book, "spike", SPIKE.replace("above_ratio: 2", "above_ratio: 3, above: 50"));
    assertThat(book.rule("spike").orElseThrow())
        .isEqualTo(rule(SPIKE.replace("above_ratio: 2", "above_ratio: 3, above: 50")));
    apply(book, "spike", RuleDocument.off("spike").yaml());
    assertThat(book.rules()).isEmpty();
  }

  @Test
  void whatIsCompiledNeedsARestart() {
    RuleBook book = TestRules.book(rule(SPIKE));
    assertThat(problems(book, "spike", SPIKE.replace("windows: 3", "windows: 4")))
        .singleElement()
        .asString()
        .startsWith(
            "spike:1: PATTERN_NEEDS_RESTART: the job is compiled with 'windows' and 'within' of a");
    assertThat(problems(book, "spike", SPIKE.replace("1m", "1h"))).hasSize(1);
    assertThat(problems(book, "spike", TestRules.document("spike", MINUTELY))).hasSize(1);
    assertThat(problems(book, "spikes", SPIKE.replace("spike\n", "spikes\n"))).isNotEmpty();
    assertThat(problems(TestRules.book(), "spike", SPIKE)).hasSize(1);
  }

  private static Rule rule(String yaml) {
    Problems problems = new Problems();
    RuleDocument document = TestRules.parser().read("spike", yaml, problems).orElseThrow();
    problems.throwIfAny();
    return document.rule();
  }

  private static void apply(RuleBook book, String name, String yaml) {
    Problems problems = new Problems();
    RuleDocument document = book.read(name, yaml, problems).orElseThrow();
    problems.throwIfAny();
    book.apply(document);
  }

  private static List<String> problems(RuleBook book, String name, String yaml) {
    Problems problems = new Problems();
    assertThat(book.read(name, yaml, problems)).isEmpty();
    return problems.list().stream().map(Problem::toString).toList();
  }
}
