package io.tidewatch.ingest;

import static io.tidewatch.ingest.StripeRecords.accepted;
import static io.tidewatch.ingest.StripeRecords.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds for every webhook event, whatever it is about. */
class StripeFormatTest {

  @Test
  void keepsWhatItDoesNotKnowAsStripeWroteIt() {
    Event event =
        accepted(
            """
            {'id':'evt_9','type':'tide.turned','created':1767225600,'livemode':false,
             'account':'acct_1','api_version':null,'pending_webhooks':1,
             'data':{'object':{'id':'t_1','customer':{'id':'cus_1'},'amount':-700,'currency':'eur',
                               'client_secret':'s','list':[1,{'a':2}],'nothing':null},
                     'previous_attributes':{'amount':500}}}
            """);
    assertThat(event.id()).isEqualTo("evt_9");
    assertThat(event.type()).isEqualTo("stripe.tide.turned");
    assertThat(event.time()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(event.customerId()).isEqualTo("cus_1");
    assertThat(event.amount()).isNull();
    assertThat(event.properties())
        .isEqualTo(
            Map.of(
                "livemode", "false",
                "account", "acct_1",
                "object.id", "t_1",
                "object.customer.id", "cus_1",
                "object.amount", "-700",
                "object.currency", "eur",
                "object.list", "[1,{\"a\":2}]",
                "previous_attributes.amount", "500"));
  }

  @Test
  void keepsAnEventThatOnlyNamesItsObject() {
    Event event =
        accepted(
            """
            {'id':'evt_9','object':'v2.core.event','type':'v1.billing.meter.no_meter_found',
             'created':'2026-01-01T00:00:00.250Z','livemode':true,
             'related_object':{'id':'mtr_1','type':'billing.meter'},'data':{'reason':'none'}}
            """);
    assertThat(event.type()).isEqualTo("stripe.v1.billing.meter.no_meter_found");
    assertThat(event.time()).isEqualTo(Instant.parse("2026-01-01T00:00:00.250Z"));
    assertThat(event.get("related_object.id")).isEqualTo("mtr_1");
    assertThat(event.get("reason")).isEqualTo("none");
  }

  @Test
  void aNewCustomerBringsItsCountryAndMetadataButNoName() {
    Event event =
        accepted(
            "customer.created",
            """
            {'id':'cus_1','object':'customer','name':'Ann','email':'ann@example.com',
             'address':{'country':'DE','city':'Kiel'},'metadata':{'tenant':'acme','seats':'7'}}
            """);
    assertThat(event.type()).isEqualTo("customer.created");
    assertThat(event.customerId()).isEqualTo("cus_1");
    assertThat(event.properties()).containsKey("email");
    assertThat(event.properties())
        .containsAllEntriesOf(
            Map.of("country", "DE", "metadata.tenant", "acme", "metadata.seats", "7"))
        .doesNotContainKey("name")
        .doesNotContainValue("ann@example.com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'type':'t','data':{'object':{}}} | FIELD_MISSING | created",
        "{'created':1,'data':{'object':{}}} | FIELD_MISSING | type",
        "{'created':1,'type':'t'} | FIELD_MISSING | data.object",
        "{'created':1,'type':'t','data':{'object':'sub_1'}} | FIELD_MISSING | data.object",
        "{'created':1.5,'type':'t','data':{'object':{}}} | TIME_UNREADABLE | created",
        "{'created':'now','type':'t','data':{'object':{}}} | TIME_UNREADABLE | created",
        "{'created':1767225600000,'type':'t','data':{'object':{}}} | TIME_OUT_OF_RANGE | time",
        "{'created':1e3,'type':'t','data':{'object':{}}} | TIME_UNREADABLE | created",
        "{'created':1999999999,'type':'t','data':{'object':{}}} | TIME_IN_FUTURE | time",
        "{'created':1,'type':7,'data':{'object':{}}} | FIELD_TYPE | type",
        "{'created':1,'id':{},'type':'t','data':{'object':{}}} | FIELD_TYPE | id",
        "{'created':1,'type':'t','data':{'object':{'a':1,'a':2}}} | FIELD_DUPLICATE | twice",
        "{'uid':'x','event':{'created':1,'type':'t'}} | FIELD_MISSING | type",
        "{} | FIELD_MISSING | type",
        "[] | NOT_AN_OBJECT | object"
      })
  void rejectsWhatIsNoWebhookEvent(String record, ReasonCode code, String field) {
    assertRejected(record, code, field);
  }
}
