package io.tidewatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.clickhouse.ClickHouseException;
import io.tidewatch.local.UserException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SettlingTest {

  private int pauses;

  @Test
  void asksUntilTheAnswerIsEnough() throws Exception {
    assertThat(settling(5).ask(answers(1, 2, 3, 4), number -> number >= 3)).isEqualTo(3);
    assertThat(pauses).isEqualTo(2);
  }

  @Test
  void takesTheLastAnswerWhereNoneIsEnough() throws Exception {
    assertThat(settling(3).ask(answers(1, 2, 3, 4), number -> number > 9)).isEqualTo(3);
  }

  @Test
  void asksAgainWhereClickHouseDoesNotAnswer() throws Exception {
    Iterator<Supplier<Integer>> answers =
        List.<Supplier<Integer>>of(SettlingTest::refuse, SettlingTest::refuse, () -> 7).iterator();
    assertThat(settling(3).ask(() -> answers.next().get(), number -> true)).isEqualTo(7);
  }

  @Test
  void saysWhyThereIsNoAnswerAtAll() {
    assertThatThrownBy(() -> settling(3).ask(SettlingTest::refuse, number -> true))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("ClickHouse does not answer: it is away");
    assertThat(pauses).isEqualTo(3);
  }

  private Settling settling(int most) {
    return new Settling(most, () -> pauses++);
  }

  private static Supplier<Integer> answers(Integer... numbers) {
    return List.of(numbers).iterator()::next;
  }

  private static Integer refuse() {
    throw new ClickHouseException(503, "it is away");
  }
}
