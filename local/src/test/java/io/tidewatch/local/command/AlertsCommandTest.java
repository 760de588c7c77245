package io.tidewatch.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.clickhouse.ClickHouseEndpoint;
import io.tidewatch.local.DataDirectory;
import io.tidewatch.local.DirectoryLock;
import io.tidewatch.local.StackAddresses;
import io.tidewatch.local.Terminal;
import io.tidewatch.local.engine.EngineLibrary;
import io.tidewatch.local.engine.EngineProcess;
import io.tidewatch.local.stack.Schema;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A stack on which two alerts fire and two are over. */
class AlertsCommandTest {

  private static final String LONG_SENTENCE =
      "api_error_rate for endpoint /a-rather-long-name was 12.3 % from 10:04 to 10:05 on 2 Mar;"
          + " usual is 0.5 %, the limit is 5 %.";

  @TempDir private Path directory;
  @RegisterExtension private final Terminal terminal = new Terminal();

  private DirectoryLock lock;
  private EngineProcess engine;
  private ClickHouseClient clickHouse;

  @BeforeEach
  void start() {
    DataDirectory data = DataDirectory.at(directory);
    lock = data.lock();
    engine =
        new EngineProcess(
                EngineLibrary.ofUser(System.err).path(),
                data.clickhouse(),
                0,
                data.logs().resolve("clickhouse.log"))
            .start();
    data.publish(
        new StackAddresses("", engine.url().toString(), "", ProcessHandle.current().pid()));
    ClickHouseEndpoint endpoint = ClickHouseEndpoint.of(engine.url().toString());
    new Schema(new ClickHouseClient(endpoint)).migrate();
    clickHouse = new ClickHouseClient(endpoint, "tidewatch");
    alert("aa11", "slow_response", "medium", "now() - INTERVAL 90 MINUTE", null, LONG_SENTENCE);
    clickHouse.execute(
        """
        INSERT INTO alerts (alert_id, rule, severity, status, started_at, updated_at, summary,
          evidence, contributors, version)
        SELECT alert_id, rule, severity, status, started_at, updated_at, summary,
          '{"matched":[{"value":0.123,"expected":0.005,"expected_high":0.05}],"dashboard":"http://127.0.0.1/d/x"}',
          '[]', 2
        FROM alerts WHERE alert_id = 'aa11'""");
    alert("aa22", "service_silent", "critical", "now() - INTERVAL 12 MINUTE", null, "No beat.");
    alert(
        "bb33",
        "ticket_spike",
        "high",
        "now() - INTERVAL 3 DAY",
        "now() - INTERVAL 2 DAY",
        "Over: b.");
    alert(
        "cc44",
        "old_story",
        "low",
        "now() - INTERVAL 40 DAY",
        "now() - INTERVAL 39 DAY",
        "Over: c.");
  }

  @AfterEach
  void stop() {
    engine.close();
    lock.close();
  }

  @Test
  void listsWhatFiresTheGravestFirst() {
    assertThat(execute("alerts")).isZero();
    List<String> lines = terminal.output().lines().toList();
    assertThat(lines.get(0)).isEqualTo("2 alerts fire; times are of UTC");
    assertThat(lines.get(1)).startsWith("CRITICAL  service_silent").endsWith(", 12 min");
    assertThat(lines.get(2)).isEqualTo("  aa22      No beat.");
    assertThat(lines.get(3)).startsWith("MEDIUM    slow_response").contains(" since ");
    assertThat(lines.get(6)).endsWith("●]  = expected  ● measured");
    assertThat(lines.get(7)).isEqualTo("            http://127.0.0.1/d/x");
    assertThat(lines).hasSize(8).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(String.join(" ", lines.subList(4, 6)).replaceAll("\\s+", " "))
        .endsWith(LONG_SENTENCE);
  }

  @Test
  void listsTheHistoryTheNewestFirst() {
    assertThat(execute("alerts", "--history")).isZero();
    assertThat(terminal.output().lines().filter(line -> !line.startsWith(" ")).toList())
        .hasSize(4)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("3 alerts fired in the last 7 days;"),
            line -> assertThat(line).contains("service_silent", "since"),
            line -> assertThat(line).contains("slow_response", "since"),
            line -> assertThat(line).startsWith("HIGH").contains("24 h, recovered"));
    assertThat(execute("alerts", "--history", "--days", "60")).isZero();
    assertThat(terminal.output()).contains("old_story");
  }

  @Test
  void notesWhoTakesCareOfAnAlertForGood() {
    assertThat(execute("alerts", "ack", "aa2", "--by", "Ann O'Neil")).isZero();
    assertThat(terminal.output())
        .startsWith("service_silent aa22: Ann O'Neil takes care of it since");
    assertThat(execute("alerts", "ack", "aa22", "--by", "Bob")).isZero();
    assertThat(terminal.output()).contains("Ann O'Neil takes care");

    // what the job writes of the alert later
    alert("aa22", "service_silent", "critical", "now() - INTERVAL 12 MINUTE", "now()", "Over: a.");
    assertThat(
            clickHouse.query(
                "SELECT status, acknowledged_by, acknowledged_at IS NOT NULL AS at"
                    + " FROM v_alerts WHERE alert_id = 'aa22'"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("status", "resolved")
                    .containsEntry("acknowledged_by", "Ann O'Neil")
                    .containsEntry("at", "1"));
    assertThat(
            clickHouse.query(
                "SELECT actor, object FROM v_audit_log WHERE action = 'alert.acknowledged'"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("actor", "Ann O'Neil")
                    .containsEntry("object", "aa22"));
    assertThat(
            clickHouse.query(
                "SELECT acknowledged_by, acknowledged_at FROM v_alerts WHERE alert_id = 'aa11'"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("acknowledged_by", "")
                    .containsEntry("acknowledged_at", null));
  }

  @Test
  void saysInOneSentenceWhichAlertItCannotFind() {
    assertThat(execute("alerts", "ack", "zz")).isEqualTo(1);
    assertThat(terminal.errors())
        .startsWith("No alert has an id that begins with 'zz'")
        .hasLineCount(1);
    assertThat(execute("alerts", "ack", "aa")).isEqualTo(1);
    assertThat(terminal.errors()).contains("aa11, aa22").hasLineCount(1);
  }

  private void alert(
      String id, String rule, String severity, String start, String end, String summary) {
    clickHouse.execute(
        """
        INSERT INTO alerts (alert_id, rule, severity, status, started_at, updated_at, ended_at,
          summary, evidence, contributors, version)
        SELECT '%s', '%s', '%s', '%s', %s, now(), %s, '%s', '%s', '[]', %d"""
            .formatted(
                id,
                rule,
                severity,
                end == null ? "firing" : "resolved",
                start,
                end,
                summary,
                end == null ? "{}" : "{\"resolution\":\"recovered\"}",
                end == null ? 1 : 2));
  }

  private int execute(String... arguments) {
    return terminal.executeIn(directory, arguments);
  }
}
