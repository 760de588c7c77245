package io.tidewatch.pattern;

import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Evidence;
import io.tidewatch.alert.Resolution;
import io.tidewatch.pattern.window.Finding;
import io.tidewatch.pattern.window.JudgedWindow;
import io.tidewatch.pattern.window.SeriesWindow;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The windows that a pattern looks at.
 *
 * @param window the size, such as {@code 1h}
 */
public record WatchedMetric(String metric, String window, Wording wording) implements Serializable {

  /** Such as {@code 3 hours in a row}. */
  String inARow(int windows) {
    String unit =
        switch (window) {
          case "1m" -> "minutes";
          case "1h" -> "hours";
          case "1d" -> "days";
          default -> "windows of " + window;
        };
    return windows + " " + unit + " in a row";
  }

  /** Such as {@code api_errors for endpoint /quantize}. */
  String subject(SeriesWindow window) {
    return metric + wording.subject(window.series());
  }

  /** Such as {@code 412 from 10:04 to 10:05}. */
  String measured(SeriesWindow window) {
    return wording.figure(window.value())
        + ' '
        + wording.span(window.startTime(), window.endTime());
  }

  List<Evidence> evidence(List<JudgedWindow> windows) {
    return windows.stream().map(this::evidence).toList();
  }

  /** A normal window ends an alert, and so does silence. */
  Optional<AlertEnding> endingOf(AlertProfile profile, JudgedWindow judged) {
    SeriesWindow window = judged.window();
    if (judged.finding() == Finding.NORMAL) {
      String summary = "Over: " + subject(window) + " was " + measured(window) + '.';
      return Optional.of(ending(profile, window, Resolution.RECOVERED, summary));
    }
    return judged.finding() == Finding.SILENT
        ? Optional.of(ending(profile, window, Resolution.NO_DATA, ""))
        : Optional.empty();
  }

  private static AlertEnding ending(
      AlertProfile profile, SeriesWindow window, Resolution resolution, String summary) {
    return new AlertEnding(profile.rule(), window.series(), window.endTime(), resolution, summary);
  }

  private Evidence evidence(JudgedWindow judged) {
    SeriesWindow matched = judged.window();
    return new Evidence(
        metric, window, matched.startTime(), matched.endTime(), matched.value(), judged.expected());
  }
}
