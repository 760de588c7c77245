package io.tidewatch.local.demo;

import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.company.IncidentKind;
import io.tidewatch.local.company.Topics;
import io.tidewatch.metrics.WindowSize;
import io.tidewatch.rules.EventRule;
import io.tidewatch.rules.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a configuration covers of the company, so that a demo can tell what must be there.
 *
 * @param repeats whether each source to which events are sent twice recognises them
 * @param minutes whether anything but records is measured by the minute
 * @param incidents whether there is a rule that an incident shows in
 * @param incidentsAtOnce whether there is one that it shows in as soon as it begins, at any hour
 */
record Coverage(boolean repeats, boolean minutes, boolean incidents, boolean incidentsAtOnce) {

  private static final Set<String> INCIDENTS_SHOW_IN =
      Arrays.stream(IncidentKind.values())
          .flatMap(kind -> kind.rules().stream())
          .collect(Collectors.toSet());

  static Coverage of(TidewatchSettings settings) {
    return new Coverage(
        settings.sources().live().stream()
            .map(source -> source.source())
            .filter(source -> source.topics().stream().anyMatch(Topics::deduplicates))
            .allMatch(source -> source.deduplicationHorizon() != null),
        settings.definitions().metrics().metrics().stream()
            .filter(metric -> !metric.arrivalClock())
            .anyMatch(metric -> metric.windows().contains(WindowSize.ONE_MINUTE)),
        showIncidents(settings.definitions().rules().rules()),
        showIncidents(
            settings.definitions().rules().of(EventRule.class).stream()
                .filter(rule -> rule.profile().mutes().isEmpty())
                .toList()));
  }

  private static boolean showIncidents(List<? extends Rule> rules) {
    return rules.stream().map(Rule::name).anyMatch(INCIDENTS_SHOW_IN::contains);
  }
}
