package io.tidewatch.pattern.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.alert.Alert;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A campaign that spends more than 1.1 times its daily budget. */
class CampaignOverspendTest {

  private static final EventPattern PATTERN =
      EventPatterns.of(new CampaignOverspend.Parameters(new BigDecimal("1.1")));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " = ",
      value = {
        "match = 0:budget/100 1:spend/60 2:spend/60 @9 = fires(2..2)",
        "just what it may = 0:budget/100 1:spend/60 2:spend/50 @9 = nothing",
        "a little more = 0:budget/100 1:spend/60 2:spend/50 3:spend/0.01 @9 = fires(3..3)",
        "without a budget = 1:spend/600 @9 = nothing",
        "a budget that comes after = 1:spend/600 2:budget/100 @9 = fires(2..2)",
        "of another currency = 0:budget/100 1:foreign/600 @9 = nothing",
        "out of order = 2~spend/60 1~spend/60 0~budget/100 @9 = fires(2..2)",
        "late spend is spend = 0:budget/100 5:spend/60 3:spend/60 @9 = fires(3..5)",
        "spend goes on = 0:budget/100 1:spend/120 2:spend/60 3:spend/60 @9 = fires(1..1)",
        "late budgets = 1:spend/150 @9 3:budget/100 2:budget/200 @12 = fires(3..9)",
        "more budget = 0:budget/100 1:spend/120 2:budget/200 @9 = fires(1..1) recovered(1..2)",
        "too little more = 0:budget/100 1:spend/120 2:budget/109 @9 = fires(1..1)",
        "and over again = 0:budget/100 1:spend/120 2:budget/200 3:spend/101 @9"
            + " = fires(1..1) recovered(1..2) fires(3..3)",
        "the day ends = 0:budget/100 1:spend/120 @850 = fires(1..1) recovered(1..840)",
        "each day has its own = 0:budget/100 839:spend/60 841:spend/60 @850 = nothing",
        "the budget holds = 0:budget/100 839:spend/60 841:spend/111 @850 = fires(841..841)",
        "late spend of yesterday = 0:budget/100 839:spend/60 @845 838:spend/60 @850 = nothing",
      })
  void truthTable(String what, String events, String expected) throws Exception {
    assertThat(EventScript.play(PATTERN, events)).isEqualTo(expected);
    assertThat(EventScript.playWithFailure(PATTERN, events)).isEqualTo(expected);
  }

  @Test
  void saysWhatWasSpentAndWhatMayBe() throws Exception {
    Alert alert = EventScript.alerts(PATTERN, "0:budget/100 1:spend/60 2:spend/60 @9").get(0);
    assertThat(alert.summary())
        .isEqualTo(
            "Campaign spring has spent 120.00 EUR today, by 10:02 on 2 Mar; its daily budget is"
                + " 100.00, the limit 110.00.");
    assertThat(alert.series()).isEqualTo("campaign=spring");
    assertThat(alert.figures().baseline()).isEqualTo(100);
    assertThat(alert.figures().threshold()).isEqualTo(110);
  }
}
