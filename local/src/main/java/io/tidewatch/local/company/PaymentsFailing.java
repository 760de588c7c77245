package io.tidewatch.local.company;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The payment provider turns every payment away. */
final class PaymentsFailing extends Incident {

  private static final String CODE = "processor_unavailable";

  private final Span span;
  private final int batch;
  private final Crowd crowd;
  private final Dice dice;

  /**
   * @param batch how many customers' renewals are tried besides what is due anyway, except for
   *     those on trial
   */
  PaymentsFailing(Span span, int batch, Crowd crowd, Dice dice) {
    super(IncidentKind.PAYMENTS_FAILING, span);
    this.span = span;
    this.batch = batch;
    this.crowd = crowd;
    this.dice = dice;
  }

  @Override
  List<String> ownSeries() {
    return List.of("customer_id=*", "plan=*", "country=*", "currency=*");
  }

  @Override
  Optional<CompanyEvent> change(CompanyEvent event) {
    return Optional.of(
        event.type().equals("payment.succeeded")
            ? event.changedTo("payment.failed", Map.of("failure_code", CODE))
            : event);
  }

  @Override
  void tell(Feed feed) {
    span.scatter(
        batch,
        dice,
        time -> {
          Customer customer = crowd.draw(dice);
          if (!customer.is(Customer.Status.ACTIVE)) {
            return;
          }
          String invoice = "in-batch-" + customer.id() + "-" + time.toEpochMilli();
          double amount = customer.plan().price(false);
          feed.tell(
              Billing.payment("failed", customer, time, amount, invoice, "subscription")
                  .with("failure_code", CODE));
        });
  }
}
