package io.tidewatch.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.alert.Contributor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ContributionsTest {

  private static final Contributions OF_COUNT = new Contributions("", true);
  private static final Contributions OF_RATIO = new Contributions("", false);

  @Test
  void ofACountThePartsThatGrewMost() {
    List<Contributor> contributors =
        OF_COUNT.of(
            window(
                whole(300),
                part("endpoint=/a", 162),
                part("endpoint=/b", 81),
                part("endpoint=/c", 39),
                part("endpoint=/d", 18)),
            window(
                whole(100),
                part("endpoint=/a", 38),
                part("endpoint=/b", 39),
                part("endpoint=/c", 21),
                part("endpoint=/d", 2)));
    // 300 − 100 = 200 = 124 + 42 + 18 + 16
    assertThat(contributors)
        .containsExactly(
            new Contributor("endpoint=/a", 162.0, 38.0, 0.62),
            new Contributor("endpoint=/b", 81.0, 39.0, 0.21),
            new Contributor("endpoint=/c", 39.0, 21.0, 0.09));
    assertThat(OF_COUNT.sentence(contributors))
        .isEqualTo("Most of it is endpoint /a (62 %), /b (21 %), /c (9 %).");
  }

  @Test
  void ofADropThePartThatIsGone() {
    assertThat(
            OF_COUNT.of(
                window(whole(60), part("plan=pro", 60)),
                window(whole(100), part("plan=pro", 55), part("plan=free", 45))))
        .containsExactly(new Contributor("plan=free", null, 45.0, 1.125)); // 45 of 40
  }

  @Test
  void ofARatioThePartThatGotWorseOrMore() {
    WindowParts before =
        window(
            new WindowPart("", 0.02, 1000),
            new WindowPart("endpoint=/a", 0.01, 500),
            new WindowPart("endpoint=/b", 0.03, 500));
    WindowParts worse =
        window(
            new WindowPart("", 0.12, 1000),
            new WindowPart("endpoint=/a", 0.21, 500),
            new WindowPart("endpoint=/b", 0.03, 500));
    assertThat(OF_RATIO.of(worse, before))
        .singleElement()
        .satisfies(a -> assertThat(a.series()).isEqualTo("endpoint=/a"))
        .satisfies(a -> assertThat(a.share()).isCloseTo(1, within(1e-9)));

    WindowParts more =
        window(
            new WindowPart("", 0.028, 1000),
            new WindowPart("endpoint=/a", 0.01, 100),
            new WindowPart("endpoint=/b", 0.03, 900));
    // /a: 0.1 (0.01 − 0.02) − 0.5 (0.01 − 0.02) = 0.004; /b: 0.9 × 0.01 − 0.5 × 0.01 = 0.004
    assertThat(OF_RATIO.of(more, before))
        .extracting(Contributor::share)
        .satisfiesExactly(
            a -> assertThat(a).isCloseTo(0.5, within(1e-9)),
            b -> assertThat(b).isCloseTo(0.5, within(1e-9)));
  }

  @Test
  void ofSeveralDimensionsTheOneThatExplainsMost() {
    assertThat(
            OF_COUNT.of(
                window(
                    whole(200),
                    part("country=DE", 50),
                    part("country=FR", 50),
                    part("country=IT", 50),
                    part("country=US", 50),
                    part("endpoint=/a", 150),
                    part("endpoint=/b", 50)),
                window(
                    whole(100),
                    part("country=DE", 25),
                    part("country=FR", 25),
                    part("country=IT", 25),
                    part("country=US", 25),
                    part("endpoint=/a", 50),
                    part("endpoint=/b", 50))))
        .containsExactly(new Contributor("endpoint=/a", 150.0, 50.0, 1));
  }

  @Test
  void neverTheEventsThatLackADimension() {
    assertThat(
            OF_COUNT.of(
                window(whole(200), part("country=", 200), part("endpoint=/a", 200)),
                window(whole(100), part("country=", 100), part("endpoint=/a", 100))))
        .extracting(Contributor::series)
        .containsExactly("endpoint=/a");
  }

  @Test
  void ofASeriesItsOwnPartsAlone() {
    Contributions ofSpring = new Contributions("campaign=spring", true);
    WindowParts now =
        window(
            whole(99),
            part("campaign=spring", 40),
            part("campaign=spring,channel=ads", 40),
            part("campaign=fall,channel=ads", 59),
            part("channel=ads", 99));
    WindowParts before =
        window(whole(10), part("campaign=spring", 10), part("campaign=spring,channel=", 10));
    List<Contributor> contributors = ofSpring.of(now, before);
    assertThat(contributors)
        .containsExactly(new Contributor("campaign=spring,channel=ads", 40.0, null, 40 / 30.0));
    assertThat(ofSpring.sentence(contributors)).isEqualTo("Most of it is channel ads (133 %).");
  }

  @Test
  void nothingOfWhatDidNotChangeOrHasNoParts() {
    WindowParts alone = window(whole(5));
    assertThat(OF_COUNT.of(alone, window(whole(5), part("plan=pro", 5)))).isEmpty();
    assertThat(OF_COUNT.of(alone, window(whole(1)))).isEmpty();
    assertThat(OF_COUNT.knows(window(part("plan=pro", 5)))).isFalse();
  }

  @Test
  void aWindowKeepsTheLargestOfEachGrouping() {
    WindowParts many =
        window(
            Stream.concat(
                    Stream.of(whole(1)),
                    Stream.iterate(0, i -> i < 200, i -> i + 1)
                        .map(i -> new WindowPart("customer_id=c" + i, i, 200 - i)))
                .toArray(WindowPart[]::new));
    assertThat(many.largest(true).parts())
        .hasSize(51)
        .contains(new WindowPart("customer_id=c199", 199, 1), whole(1));
    assertThat(many.largest(false).parts()).contains(new WindowPart("customer_id=c0", 0, 200));
  }

  private static WindowPart whole(double value) {
    return part("", value);
  }

  private static WindowPart part(String series, double value) {
    return new WindowPart(series, value, 100);
  }

  private static WindowParts window(WindowPart... parts) {
    return new WindowParts("m", "1m", 0, 60_000, false, List.of(parts));
  }
}
