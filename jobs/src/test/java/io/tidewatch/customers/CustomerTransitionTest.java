package io.tidewatch.customers;

import static io.tidewatch.customers.CustomerFacts.healthy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CustomerTransitionTest {

  @Test
  void namesTheTwoPartsThatFellMost() {
    assertThat(
            reason(
                healthy(),
                // 15, 20 × 9 ÷ 14, 20, 0, 11.25
                healthy()
                    .uses(5, 40)
                    .daysSinceUse(5L)
                    .payments(PaymentStanding.FAILED)
                    .openTickets(1)))
        .isEqualTo("Health fell from 100 to 59: usage by 15 and payment by 15");
  }

  @Test
  void leavesOutWhatDidNotFall() {
    assertThat(reason(healthy().features(2), healthy().features(3).daysSinceUse(14L)))
        .isEqualTo("Health fell from 88 to 72: recency by 20");
  }

  @Test
  void namesWhatRose() {
    assertThat(
            reason(
                healthy().payments(PaymentStanding.FAILED).openTickets(1),
                healthy().payments(PaymentStanding.RECOVERED)))
        .isEqualTo("Health rose from 81 to 93: payment by 7.5 and support by 3.8");
  }

  private static String reason(CustomerFacts before, CustomerFacts after) {
    return new CustomerTransition("acme", Instant.EPOCH, before.score(), after.score(), "", null, 1)
        .reason();
  }
}
