package io.tidewatch.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventCatalogueTest {

  @Test
  void knowsTheTypesAndNoOthers() {
    assertThat(EventCatalogue.names())
        .hasSize(54)
        .contains("api.request", "subscription.changed", "email.bounced", "benchmark.observed");
    assertThat(EventCatalogue.find("stripe.price.updated")).isNull();
  }

  @Test
  void customersAndSubscriptionsNeedACustomer() {
    assertThat(EventCatalogue.requiresCustomer("customer.created")).isTrue();
    assertThat(EventCatalogue.requiresCustomer("customer.heard_of_nowhere")).isTrue();
    assertThat(EventCatalogue.requiresCustomer("subscription.canceled")).isTrue();
    assertThat(EventCatalogue.requiresCustomer("payment.succeeded")).isFalse();
  }

  @Test
  void saysWhatASubscriptionRequires() {
    assertThat(EventCatalogue.find("subscription.started").properties())
        .filteredOn(Property::required)
        .extracting(Property::name)
        .containsExactly("subscription_id", "plan", "amount", "currency", "interval");
  }
}
