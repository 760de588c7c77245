package io.tidewatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {

  private static final Set<String> TYPES =
      Set.of("payment.succeeded", "payment.failed", "payment.refunded", "ad.click");

  @Test
  void findsTheClosestName() {
    assertThat(DidYouMean.closest("payment.success", TYPES)).contains("payment.succeeded");
    assertThat(DidYouMean.hint("ad.clik", TYPES)).isEqualTo("; did you mean 'ad.click'?");
    assertThat(DidYouMean.hint("zebra", TYPES)).isEmpty();
  }

  @Test
  void knowsOneLetterMissingAddedChangedOrSwapped() {
    assertThat(DidYouMean.oneEditAway("ad.clik", TYPES)).contains("ad.click");
    assertThat(DidYouMean.oneEditAway("ad.clicks", TYPES)).contains("ad.click");
    assertThat(DidYouMean.oneEditAway("ad.klick", TYPES)).contains("ad.click");
    assertThat(DidYouMean.oneEditAway("ad.clikc", TYPES)).contains("ad.click");
    assertThat(DidYouMean.oneEditAway("ad.klikc", TYPES)).isEmpty();
    assertThat(DidYouMean.oneEditAway("ad.clock.x", TYPES)).isEmpty();
    assertThat(DidYouMean.oneEditAway("ad.click", TYPES)).isEmpty();
  }
}
