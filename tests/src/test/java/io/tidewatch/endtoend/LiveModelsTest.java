package io.tidewatch.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.SECONDS;

import io.tidewatch.job.Stage;
import io.tidewatch.job.TidewatchJob;
import io.tidewatch.local.flink.LocalFlink;
import io.tidewatch.local.kafka.RecordSender;
import io.tidewatch.local.train.ModelDocument;
import io.tidewatch.local.train.ModelTopic;
import io.tidewatch.models.ModelKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A model that is published while the job runs. */
class LiveModelsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @RegisterExtension static final LiveStack LIVE = new LiveStack();

  private int events;

  @Test
  void countsFromTheNextScoreOn() throws Exception {
    LIVE.empty();
    LocalFlink flink = LIVE.stack().flink();
    TidewatchJob definition = new TidewatchJob(LIVE.settings(), EnumSet.allOf(Stage.class));
    JobID job = flink.submit("models", definition::defineLive, Optional.empty());
    send(
        "subscription.started",
        "\"subscription_id\":\"s1\",\"plan\":\"pro\",\"amount\":\"10\",\"currency\":\"EUR\","
            + "\"interval\":\"month\"");
    awaitCustomer("lifetime_value IS NULL AND mrr = 10 AND length(churn_reasons) = 3");

    ModelTopic.publish(lifetimeOf12Months(), Map.of(), LIVE.kafka());
    awaitCustomer("lifetime_value = 96 AND remaining_months = 12"); // 12 × 10 × 0.8
    flink.stop(job);
  }

  /** Something happens to the customer until its row is as it should be. */
  private void awaitCustomer(String condition) {
    Patience.await(
        condition,
        PATIENCE,
        () -> {
          send("ticket.responded", "\"ticket_id\":\"t1\"");
          return LIVE.value("SELECT count() FROM tidewatch.v_dim_customers WHERE " + condition)
              .equals("1");
        });
  }

  private void send(String type, String properties) {
    String event =
        """
        {"id":"m%d","type":"%s","time":"%s","customer_id":"modelled","properties":{%s}}"""
            .formatted(events++, type, Instant.now().truncatedTo(SECONDS), properties);
    try (RecordSender sender =
        new RecordSender(LIVE.settings().kafka().properties(), LIVE.kafka(), "customer-events")) {
      sender.send(event.getBytes(UTF_8));
      sender.finish();
    }
  }

  private static ModelDocument lifetimeOf12Months() {
    String json =
        """
        {"version":1,"kind":"lifetime","model":{"horizon_months":36,"gross_margin":0.8,
         "everyone":{"months":12,"low":12,"high":12},"groups":[]}}""";
    return new ModelDocument(ModelKind.LIFETIME, json.getBytes(UTF_8), "");
  }
}
