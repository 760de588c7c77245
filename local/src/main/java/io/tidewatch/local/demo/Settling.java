package io.tidewatch.local.demo;

import io.tidewatch.clickhouse.ClickHouseException;
import io.tidewatch.local.UserException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks ClickHouse again and again while it starts again, or what is asked for is on its way. */
final class Settling {

  private final int most;
  private final Pause pause;

  /** What is done between two questions. */
  @FunctionalInterface
  interface Pause {
    void pass() throws InterruptedException;
  }

  /**
   * @param most how often it asks
   */
  Settling(int most, Pause pause) {
    this.most = most;
    this.pause = pause;
  }

  /**
   * The first answer that is enough, or else the last one.
   *
   * @throws UserException if there was none
   */
  <T> T ask(Supplier<T> question, Predicate<? super T> enough) throws InterruptedException {
    Optional<T> last = Optional.empty();
    ClickHouseException refusal = null;
    for (int i = 0; i < most; i++) {
      try {
        T answer = question.get();
        if (enough.test(answer)) {
          return answer;
        }
        last = Optional.of(answer);
      } catch (ClickHouseException e) {
        refusal = e;
      }
      pause.pass();
    }
    if (last.isEmpty()) {
      throw new UserException(
          "There is no summary, as ClickHouse does not answer: " + refusal.getMessage(), refusal);
    }
    return last.get();
  }
}
