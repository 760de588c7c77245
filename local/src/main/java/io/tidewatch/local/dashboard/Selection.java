package io.tidewatch.local.dashboard;

import java.util.List;

/**
 * What is chosen of a variable.
 *
 * @param values those chosen; of All, all there are
 * @param all whether All is chosen
 */
public record Selection(List<String> values, boolean all) {

  public Selection {
    values = List.copyOf(values);
  }

  public static Selection all(List<String> options) {
    return new Selection(options, true);
  }

  public static Selection of(String... values) {
    return new Selection(List.of(values), false);
  }
}
