package io.tidewatch.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FewPropertiesTest {

  @Test
  void holdsWhatAHashTableWould() {
    SplittableRandom random = new SplittableRandom(3);
    for (int run = 0; run < 500; run++) {
      Map<String, String> few = FewProperties.ofSize(random.nextInt(30));
      Map<String, String> expected = new HashMap<>();
      for (int i = random.nextInt(60); i > 0; i--) {
        String name = "property-" + random.nextInt(40);
        String text = "text-" + random.nextInt(5);
        assertThat(few.put(name, text)).isEqualTo(expected.put(name, text));
      }
      assertThat(few).isEqualTo(expected).hasSameSizeAs(expected);
      assertThat(few.hashCode()).isEqualTo(expected.hashCode());
      for (int i = 0; i < 40; i++) {
        String name = "property-" + i;
        assertThat(few.get(name)).isEqualTo(expected.get(name));
        assertThat(few.containsKey(name)).isEqualTo(expected.containsKey(name));
      }
    }
  }

  @Test
  void keepsTheOrderInWhichTheyCame() {
    Map<String, String> few = FewProperties.ofSize(0);
    few.put("plan", "pro");
    few.put("amount", "12.50");
    few.put("country", "DE");
    few.put("plan", "team");
    assertThat(few.toString()).isEqualTo("{plan=team, amount=12.50, country=DE}");
  }
}
