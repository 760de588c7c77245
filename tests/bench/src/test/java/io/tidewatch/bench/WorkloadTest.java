package io.tidewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.ingest.IngestSettings;
import io.tidewatch.ingest.RawRecord;
import io.tidewatch.ingest.Reading;
import io.tidewatch.ingest.RecordEnd;
import io.tidewatch.ingest.RecordReader;
import io.tidewatch.ingest.SourceSettings;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {

  private static final Workload WORKLOAD = new Workload(1_000);

  @Test
  void isTheSameEachTime() {
    for (long number = 0; number < 1_000; number++) {
      assertThat(new Workload(1_000).request(number).json())
          .isEqualTo(WORKLOAD.request(number).json());
    }
  }

  @Test
  void isOfAboutTwoHundredAndFiftyBytes() {
    double average =
        LongStream.range(0, 1_000).map(n -> WORKLOAD.request(n).json().length).average().orElse(0);
    assertThat(average).isBetween(230.0, 270.0);
  }

  @Test
  void liesInItsSpanAndALittleOutOfOrder() {
    long newest = Long.MIN_VALUE;
    boolean disordered = false;
    for (long number = 0; number < 1_000; number++) {
      Request request = WORKLOAD.request(number);
      assertThat(Instant.ofEpochMilli(request.time()))
          .isBetween(Workload.BEGIN, Workload.END.minusMillis(1));
      assertThat(request.arrival() - request.time()).isLessThan(Workload.DISORDER.toMillis());
      disordered |= request.time() < newest;
      newest = Math.max(newest, request.time());
    }
    assertThat(disordered).isTrue();
  }

  @Test
  void isAcceptedByIngest() {
    Request request = WORKLOAD.request(7);
    Reading reading =
        new RecordReader(
                SourceSettings.tidewatch("api", "requests"),
                IngestSettings.defaults(new byte[] {1}))
            .read(
                new RawRecord(
                    "api",
                    "requests",
                    0,
                    7,
                    Instant.ofEpochMilli(request.arrival()),
                    request.json()));
    assertThat(reading.end()).isEqualTo(RecordEnd.ACCEPTED);
    assertThat(reading.events().get(0).get("endpoint"))
        .isEqualTo(Request.endpointPath(request.endpoint()));
  }

  @Test
  void aPlainParserReadsTheSame() {
    Request request = WORKLOAD.request(7);
    RequestParser.Parsed parsed = RequestParser.parse(request.json());
    assertThat(parsed.time).isEqualTo(request.time());
    assertThat(parsed.customer).isEqualTo(Request.customerId(request.customer()));
    assertThat(parsed.endpoint).isEqualTo(Request.endpointPath(request.endpoint()));
    assertThat(parsed.responseTimeMs).isEqualTo(request.responseTimeMs());
  }
}
