package io.tidewatch.customers;

import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.TestEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerEventsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.request",
        "feature.used",
        "auth.succeeded",
        "customer.created",
        "subscription.canceled",
        "payment.refunded",
        "ticket.responded",
        "trial.started",
        "error.raised"
      })
  void readsWhatSaysSomethingAboutACustomer(String type) {
    assertThat(CustomerEvents.isRead(of(event(type)))).isTrue();
    assertThat(CustomerEvents.isRead(event(type).build())).as("of nobody").isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"page.viewed", "system.sampled", "ad.click", "customers"})
  void leavesOutTheRest(String type) {
    assertThat(CustomerEvents.isRead(of(event(type)))).isFalse();
  }

  @Test
  void believesMovementsOfTheLedgerAlone() {
    assertThat(CustomerEvents.isRead(of(event("mrr.moved").derived()))).isTrue();
    assertThat(CustomerEvents.isRead(of(event("mrr.moved")))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"customer.scored", "customer.transitioned"})
  void believesNobodyElseWhatItTells(String type) {
    assertThat(CustomerEvents.isRead(of(event(type).with("score_before", "high")))).isFalse();
  }

  @Test
  void hearsNothingOfWhatItTells() {
    assertThat(CustomerEvents.isRead(of(event("customer.scored").derived()))).isFalse();
    assertThat(CustomerEvents.isRead(of(event("interval.measured").derived()))).isFalse();
  }

  private static Event of(TestEvents event) {
    return event.customer("acme").build();
  }
}
