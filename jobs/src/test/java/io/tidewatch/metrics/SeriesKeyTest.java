package io.tidewatch.metrics;

import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.event.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesKeyTest {

  private static final List<String> BOTH = List.of("campaign", "channel");

  @Test
  void isEmptyForTheTotal() {
    assertThat(SeriesKey.of(List.of(), event("ad.click").build())).isEmpty();
    assertThat(SeriesKey.parse("")).isEmpty();
  }

  @Test
  void namesDimensionsInOrder() {
    Event click = event("ad.click").with("channel", "search").with("campaign", "spring").build();
    assertThat(SeriesKey.of(BOTH, click)).isEqualTo("campaign=spring,channel=search");
  }

  @Test
  void leavesAMissingDimensionEmpty() {
    Event click = event("ad.click").with("campaign", "spring").build();
    assertThat(SeriesKey.of(BOTH, click)).isEqualTo("campaign=spring,channel=");
    assertThat(SeriesKey.parse("campaign=spring,channel="))
        .isEqualTo(Map.of("campaign", "spring", "channel", ""));
  }

  @Test
  void encodesWhatSeparates() {
    Event click = event("ad.click").with("campaign", "50%,a=b").build();
    assertThat(SeriesKey.of(List.of("campaign"), click)).isEqualTo("campaign=50%25%2Ca%3Db");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "%", "%2C", "%25", "a=b,c=d", "=,%", "ünï 日本", "~other"})
  void parsesWhatItBuilds(String value) {
    Event click = event("ad.click").with("campaign", value).with("channel", "x" + value).build();
    assertThat(SeriesKey.parse(SeriesKey.of(BOTH, click)))
        .isEqualTo(Map.of("campaign", value, "channel", "x" + value));
  }

  @Test
  void namesTheSeriesBeyondTheCap() {
    assertThat(SeriesKey.overflow(BOTH)).isEqualTo("campaign=~other,channel=~other");
  }

  @Test
  void knowsWhoseSeriesItIs() {
    assertThat(SeriesKey.customerOf("customer_id=a%2Cb,plan=pro")).isEqualTo("a,b");
    assertThat(SeriesKey.customerOf("plan=pro")).isNull();
    assertThat(SeriesKey.customerOf(SeriesKey.TOTAL)).isNull();
    assertThat(SeriesKey.customerOf("customer_id=")).isNull();
    assertThat(SeriesKey.customerOf("customer_id=~other")).isNull();
  }

  @Test
  void refusesWhatIsNoKey() {
    assertThatThrownBy(() -> SeriesKey.parse("campaign"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a series key: campaign");
  }
}
