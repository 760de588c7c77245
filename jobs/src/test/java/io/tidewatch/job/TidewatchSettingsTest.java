package io.tidewatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.clickhouse.Batching;
import io.tidewatch.config.ConfigurationException;
import io.tidewatch.kafka.KafkaSources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TidewatchSettingsTest {

  @TempDir private Path directory;

  @Test
  void tellsAllProblemsAtOnce() {
    assertThatThrownBy(
            () ->
                ShippedSettings.loadWithOwn(
                    directory,
                    """
                    timezone: Nowhere
                    currency: EURO
                    watermark_alignment: 10ms
                    kafka: {bootstrap: "127.0.0.1:9092"}
                    clickhouse:
                      url: 127.0.0.1:8123
                      batch: {rows: 0, interval: 0s, patience: soon}
                    unit_economics: {gross_margin: 80}
                    privacy: {pseudonym_key: ""}
                    sources:
                      Web: {topics: [web], format: tidewatch}
                      crm: {topics: [crm], format: flat}
                      ads: {topics: [ads], format: stripes}
                      derived: {topics: [], format: tidewatch}
                      log:
                        topics: [log]
                        format: flat
                        flat: {type: api.request, fields: {custmer_id: account}}
                    """))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .isEqualTo(
            """
            15 problems in the configuration:
              tidewatch.yaml:1: timezone: expected a time zone such as Europe/Berlin, not \
            'Nowhere'
              tidewatch.yaml:2: currency: expected an ISO 4217 code such as EUR, not 'EURO'
              tidewatch.yaml:3: watermark_alignment: expected 1s or more: sources would wait for \
            one another all the time
              tidewatch.yaml:6: clickhouse.url: ClickHouse URL can't be read: it is not a URL
              tidewatch.yaml:7: clickhouse.batch.rows: expected a whole number from 1 to 1000000, \
            not '0'
              tidewatch.yaml:7: clickhouse.batch.interval: expected a duration of more than 0s, \
            not '0s'
              tidewatch.yaml:7: clickhouse.batch.patience: expected a duration of more than 0s, \
            not 'soon'
              tidewatch.yaml:8: unit_economics.gross_margin: expected a share from 0 to 1, not 80
              tidewatch.yaml:9: privacy.pseudonym_key: expected a secret of some length, not an \
            empty one
              tidewatch.yaml:11: sources.Web: a source's name is made of lower-case letters, \
            digits, - and _
              tidewatch.yaml:12: sources.crm: 'flat' goes with the format flat, and with no other
              tidewatch.yaml:13: sources.ads.format: expected one of flat, stripe, tidewatch, not \
            'stripes'; did you mean 'stripe'?
              tidewatch.yaml:14: sources.derived: a source cannot have the name 'derived', which \
            the job uses itself
              tidewatch.yaml:14: sources.derived.topics: expected at least one topic
              tidewatch.yaml:18: sources.log.flat.fields: unknown key 'custmer_id'; did you mean \
            'customer_id'?""");
  }

  @Test
  void whatIsNotGivenIsAsShipped() throws IOException {
    TidewatchSettings settings =
        ShippedSettings.loadWithOwn(
            directory,
            """
            kafka: {bootstrap: "127.0.0.1:9092"}
            clickhouse: {url: "http://127.0.0.1:8123", batch: {rows: 7}}
            privacy: {pseudonym_key: secret}
            sources:
              web: {topics: [web], format: tidewatch}
            """);
    assertThat(settings.clickHouse().batching())
        .isEqualTo(new Batching(7, Batching.DEFAULT.interval(), Batching.DEFAULT.patience()));
    assertThat(settings.sources().live())
        .singleElement()
        .satisfies(source -> assertThat(source.idleness()).isEqualTo(Duration.ofSeconds(10)));
    assertThat(settings.kafka().properties()).containsEntry("group.id", "tidewatch");
  }

  @Test
  void catchesUpWithSmallFetchesUnlessTheSettingsNameALimit() throws IOException {
    TidewatchSettings shipped = ShippedSettings.load().catchingUp(Duration.ofHours(6), 65_536);
    assertThat(shipped.sources().watermarkAlignment()).isEqualTo(Duration.ofHours(6));
    assertThat(shipped.kafka().properties()).containsEntry(KafkaSources.FETCHED_BYTES, "65536");

    TidewatchSettings limited =
        ShippedSettings.loadWithOwn(
            directory,
            """
            kafka: {bootstrap: "127.0.0.1:9092", properties: {max.partition.fetch.bytes: 1024}}
            clickhouse: {url: "http://127.0.0.1:8123"}
            privacy: {pseudonym_key: secret}
            sources:
              web: {topics: [web], format: tidewatch}
            """);
    assertThat(limited.catchingUp(Duration.ofHours(6), 65_536).kafka()).isEqualTo(limited.kafka());
  }

  @Test
  void aLiveJobReadsAllSourcesButTheReplays() {
    Sources sources = ShippedSettings.load().sources();
    assertThat(sources.live()).isNotEmpty().doesNotContain(sources.replay());
    assertThat(sources.all()).hasSize(sources.live().size() + 1).contains(sources.replay());
  }
}
