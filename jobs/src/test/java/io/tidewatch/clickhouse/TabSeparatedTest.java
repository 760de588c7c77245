package io.tidewatch.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TabSeparatedTest {

  @Test
  void readsRowsByColumnName() {
    assertThat(TabSeparated.rows("a\tb\n1\t\n\t2\n"))
        .containsExactly(Map.of("a", "1", "b", ""), Map.of("a", "", "b", "2"));
  }

  @Test
  void keepsTheOrderOfTheColumns() {
    assertThat(TabSeparated.rows("z\ta\tm\n1\t2\t3\n").get(0).keySet())
        .containsExactly("z", "a", "m");
  }

  @Test
  void givesNullForNull() {
    assertThat(TabSeparated.rows("a\tb\n\\N\t\\\\N\n").get(0))
        .containsEntry("a", null)
        .containsEntry("b", "\\N");
  }

  @Test
  void unescapes() {
    assertThat(TabSeparated.rows("a\nt\\tab n\\nl \\\\ \\'q\\' \\0\\b\\f\\r\n").get(0))
        .containsEntry("a", "t\tab n\nl \\ 'q' \0\b\f\r");
  }

  @Test
  void givesNoRowWhereThereIsNone() {
    assertThat(TabSeparated.rows("")).isEmpty();
    assertThat(TabSeparated.rows("a\n")).isEmpty();
  }
}
