package io.tidewatch.local.dashboard;

import java.time.Duration;
import java.util.List;

/**
 * What a panel asks.
 *
 * @param panel its id within the dashboard
 * @param type its type, such as {@code timeseries}
 * @param reference the query's letter within the panel
 * @param sql as the dashboard has it, to be expanded by {@link Macros}
 * @param least how far apart its points are at least
 * @param variables that the SQL names
 */
public record PanelQuery(
    int panel,
    String type,
    String title,
    String reference,
    String sql,
    Duration least,
    List<String> variables) {}
