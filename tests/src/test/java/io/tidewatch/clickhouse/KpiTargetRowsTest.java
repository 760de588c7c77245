package io.tidewatch.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.targets.KpiTarget;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KpiTargetRowsTest {

  @RegisterExtension static final LiveClickHouse CLICK_HOUSE = new LiveClickHouse();

  @Test
  void theTableSaysWhatTheConfigurationSaidLast() {
    KpiTargetRows rows = new KpiTargetRows(CLICK_HOUSE.client());
    KpiTarget mrr = target("MRR of 60,000", "60000");
    KpiTarget health = target("it's health", "75.5");

    assertThat(rows.write(List.of(mrr, health))).isNotEmpty();
    assertThat(names()).containsExactly("MRR of 60,000 60000", "it's health 75.5");
    assertThat(rows.write(List.of(health, mrr))).isEmpty();

    rows.write(List.of(target("MRR of 60,000", "61000")));
    assertThat(names()).containsExactly("MRR of 60,000 61000");

    rows.write(List.of());
    assertThat(names()).isEmpty();
    assertThat(rows.write(List.of())).isEmpty();

    rows.write(List.of(mrr));
    assertThat(names()).containsExactly("MRR of 60,000 60000");
  }

  private static List<String> names() {
    return CLICK_HOUSE
        .client()
        .query("SELECT target, value FROM tidewatch.v_kpi_targets ORDER BY target")
        .stream()
        .map(row -> row.get("target") + " " + row.get("value"))
        .toList();
  }

  private static KpiTarget target(String name, String value) {
    return new KpiTarget(
        name,
        "mrr",
        new BigDecimal(value),
        false,
        LocalDate.of(2027, 3, 31),
        "growth",
        "executives");
  }
}
