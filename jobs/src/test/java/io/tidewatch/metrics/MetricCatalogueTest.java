package io.tidewatch.metrics;

import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.config.Problem;
import io.tidewatch.config.Problems;
import io.tidewatch.event.Event;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricCatalogueTest {

  private final Problems problems = new Problems();

  @Test
  void readsADefinition() {
    MetricDefinition metric =
        TestMetrics.metric(
            """
            - name: cost_per_click
              unit: currency
              inputs:
                spend:  {event: ad.spend, sum: amount}
                clicks: {event: ad.click, count: true}
              formula: spend / clicks
              by: [[campaign], [channel, campaign]]
              windows: [1d, 1m, 1h]
              rolling: [30d, 7d]
              lower_is_better: true
              max_series: 500
            """);
    assertThat(metric.name()).isEqualTo("cost_per_click");
    assertThat(metric.unit()).isEqualTo(Unit.CURRENCY);
    assertThat(metric.inputs()).extracting(MetricInput::name).containsExactly("spend", "clicks");
    assertThat(metric.formula()).hasToString("(spend / clicks)");
    assertThat(metric.groupings())
        .containsExactly(List.of(), List.of("campaign"), List.of("campaign", "channel"));
    assertThat(metric.windows())
        .containsExactly(WindowSize.ONE_MINUTE, WindowSize.ONE_HOUR, WindowSize.ONE_DAY);
    assertThat(metric.rollingDays()).containsExactly(7, 30);
    assertThat(metric.lowerIsBetter()).isTrue();
    assertThat(metric.maxSeries()).isEqualTo(500);
    assertThat(metric.isExact()).isFalse();
    assertThat(metric.arrivalClock()).isFalse();
  }

  @Test
  void reportsEveryProblemWithItsLine() {
    TestMetrics.load(
        """
        - name: Revenue
          unit: money
          inputs:
            paid: {event: payment.suceeded, sum: amount}
          windows: [1h, 2h]
        - name: rate
          unit: ratio
          inputs:
            failed: {event: payment.failed, count: true, sum: amount}
            all: {event: [payment.failed, payments], count: true}
            idle: {event: custom.thing}
          windows: [1h]
        - name: rate
          unit: ratio
          inputs:
            failed: {event: payment.failed, count: true}
            answered: {event: survey.answered, count: true, where: {score: ">= nine"}}
            spare: {event: any, distinct: user_id}
          formula: faild / answered
          rolling: [1d, 7 days]
          lower_is_beter: true
        - name: response
          unit: minutes
          inputs:
            wait: {between: {from: ticket.opened, to: ticket.respnded, key: ticket_id}, p50: minutes}
            both: {event: ticket.opened, between: {from: ticket.opened, to: ticket.responded, key: ticket_id}, avg: minuts}
          formula: wait + both + (
          by: [[plan, plan], [], [a], [a]]
        - name: mixed
          unit: count
          inputs:
            read: {event: record.received, count: true}
            paid: {event: payment.succeeded, count: false}
          formula: read - read
          windows: []
        """,
        problems);
    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly(
            "metrics.yaml:1: [0].name: expected a name of lower-case letters, digits and '_',"
                + " not 'Revenue'",
            "metrics.yaml:2: [0].unit: expected one of count, ratio, currency, milliseconds,"
                + " percent, score, seconds, minutes, hours, days, not 'money'",
            "metrics.yaml:4: [0].inputs.paid.event: unknown event type 'payment.suceeded';"
                + " did you mean 'payment.succeeded'?",
            "metrics.yaml:5: [0].windows[1]: expected one of 1m, 5m, 15m, 30m, 1h, 1d, not '2h'",
            "metrics.yaml:6: [1]: 'formula' is missing: it says how the 3 inputs make one value",
            "metrics.yaml:9: [1].inputs.failed: expected one aggregate, not count and sum",
            "metrics.yaml:10: [1].inputs.all.event[1]: expected an event type such as"
                + " payment.succeeded, or any, not 'payments'; did you mean 'payment.succeeded'?",
            "metrics.yaml:11: [1].inputs.idle: expected one aggregate of count, sum, avg, min, max,"
                + " last, distinct, p50, p95, p99",
            "metrics.yaml:13: [2].name: there are two metrics 'rate'",
            "metrics.yaml:17: [2].inputs.answered.where.score: expected a number to compare with,"
                + " not 'nine'",
            "metrics.yaml:19: [2].formula: there is no input 'faild'; did you mean 'failed'?",
            "metrics.yaml:20: [2].rolling[0]: expected days, from 2d to 366d, not '1d'",
            "metrics.yaml:20: [2].rolling[1]: expected days, from 2d to 366d, not '7 days'",
            "metrics.yaml:21: [2]: unknown key 'lower_is_beter'; did you mean 'lower_is_better'?",
            "metrics.yaml:22: [3]: 'windows' is missing: a metric has at least one window or rolling"
                + " window",
            "metrics.yaml:25: [3].inputs.wait.between.to: unknown event type 'ticket.respnded';"
                + " did you mean 'ticket.responded'?",
            "metrics.yaml:26: [3].inputs.both: expected either 'event' or 'between'",
            "metrics.yaml:26: [3].inputs.both: an interval has one of milliseconds, seconds,"
                + " minutes, hours, days, not 'minuts'; did you mean 'minutes'?",
            "metrics.yaml:27: [3].formula: expected a number, a name or '(' at character 16, where"
                + " the formula ends",
            "metrics.yaml:28: [3].by[0]: a dimension is named twice",
            "metrics.yaml:28: [3].by[1]: a combination of no dimensions is the total, which is"
                + " always kept",
            "metrics.yaml:28: [3].by[3]: the combination [a] is given twice",
            "metrics.yaml:29: [4]: inputs on records go by arrival and cannot be mixed with inputs on"
                + " other events",
            "metrics.yaml:33: [4].inputs.paid.count: expected true, not 'false'",
            "metrics.yaml:34: [4].formula: the formula does not use input 'paid'",
            "metrics.yaml:35: [4].windows: expected at least one window");
  }

  @Test
  void knowsWhatAnEventFeeds() {
    MetricCatalogue catalogue =
        TestMetrics.load(
            """
            - {name: revenue, unit: currency, inputs: {x: {event: payment.succeeded, sum: amount}}, windows: [1h]}
            - {name: active, unit: count, inputs: {x: {event: any, distinct: user_id}}, windows: [1h]}
            - {name: health, unit: score, inputs: {x: {event: customer.scored, avg: score}}, windows: [1d]}
            - name: share
              unit: ratio
              inputs: {paid: {event: payment.succeeded, count: true}, all: {event: any, count: true}}
              formula: paid / all
              windows: [1h]
            """,
            problems);
    assertThat(problems.list()).isEmpty();
    assertThat(catalogue.fedBy(event("payment.succeeded").build()))
        .extracting(MetricDefinition::name)
        .containsExactlyInAnyOrder("revenue", "share", "active");
    assertThat(catalogue.fedBy(event("page.viewed").build()))
        .extracting(MetricDefinition::name)
        .containsExactly("active", "share");
    assertThat(catalogue.fedBy(event("customer.scored").derived().build()))
        .extracting(MetricDefinition::name)
        .containsExactly("health");
    assertThat(catalogue.metric("share")).isPresent();
    assertThat(catalogue.metric("nothing")).isEmpty();
  }

  @Test
  void turnsBetweenIntoAMeasuredInterval() {
    MetricCatalogue catalogue =
        TestMetrics.load(
            """
            - name: first_response_minutes
              unit: minutes
              inputs:
                response:
                  between: {from: ticket.opened, to: [ticket.responded, ticket.closed], key: ticket_id, within: 30d}
                  avg: minutes
              windows: [1h]
            """,
            problems);
    assertThat(problems.list()).isEmpty();
    assertThat(catalogue.intervals())
        .containsExactly(
            new IntervalDefinition(
                "first_response_minutes.response",
                List.of("ticket.opened"),
                List.of("ticket.closed", "ticket.responded"),
                "ticket_id",
                Duration.ofDays(30)));
    MetricDefinition metric = catalogue.metrics().get(0);
    assertThat(metric.read(interval("first_response_minutes.response"))).isPresent();
    assertThat(metric.read(interval("resolution_hours.resolution"))).isEmpty();
  }

  private static Event interval(String name) {
    return event("interval.measured").with("interval", name).with("minutes", "5").derived().build();
  }

  @Test
  void hashesWhatDecidesTheNumbersAndNothingElse() {
    String yaml =
        """
        - name: m
          unit: ratio
          inputs:
            a: {event: api.request, where: {status_code: ">= 500", method: GET}, count: true}
            b: {event: api.request, count: true}
          formula: a / b
          by: [[endpoint]]
          windows: [1h, 1d]
        """;
    String hash = TestMetrics.metric(yaml).hash();
    assertThat(hash).matches("[0-9a-f]{16}");
    assertThat(TestMetrics.metric(yaml.replace("[1h, 1d]", "[1d, 1h]")).hash()).isEqualTo(hash);
    assertThat(TestMetrics.metric(yaml.replace("a / b", "(a  /b)")).hash()).isEqualTo(hash);
    assertThat(TestMetrics.metric(yaml + "  lower_is_better: true\n").hash()).isEqualTo(hash);
    assertThat(TestMetrics.metric(yaml + "  max_series: 5\n").hash()).isEqualTo(hash);
    assertThat(TestMetrics.metric(yaml + "  settles_after: 15m\n").hash()).isEqualTo(hash);
    assertThat(
            TestMetrics.metric(
                    yaml.replace(
                        "status_code: \">= 500\", method: GET",
                        "method: GET, status_code: \">=500\""))
                .hash())
        .isEqualTo(hash);
    assertThat(TestMetrics.metric(yaml.replace("a / b", "a / b * 100")).hash()).isNotEqualTo(hash);
    assertThat(TestMetrics.metric(yaml.replace(">= 500", ">= 400")).hash()).isNotEqualTo(hash);
    assertThat(TestMetrics.metric(yaml.replace("[endpoint]", "[country]")).hash())
        .isNotEqualTo(hash);
    assertThat(TestMetrics.metric(yaml.replace("[1h, 1d]", "[1h]")).hash()).isNotEqualTo(hash);
  }

  @Test
  void survivesSerialization() throws Exception {
    MetricCatalogue catalogue =
        TestMetrics.load(
            """
            - name: m
              unit: currency
              inputs:
                a: {event: payment.succeeded, where: {plan: [pro, team], amount: "> 1", country: "!= DE"}, sum: amount}
                b: {between: {from: ticket.opened, to: ticket.responded, key: ticket_id}, p95: hours}
              formula: a - b / 2
              by: [[plan]]
              windows: [1h]
            """,
            problems);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(catalogue);
    Object copy = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    assertThat(((MetricCatalogue) copy).metrics().get(0).hash())
        .isEqualTo(catalogue.metrics().get(0).hash());
  }
}
