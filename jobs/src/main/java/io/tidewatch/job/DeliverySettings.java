package io.tidewatch.job;

import io.tidewatch.alertmanager.AlertmanagerSettings;
import io.tidewatch.dashboards.DashboardLinks;
import java.util.Optional;

/**
 * How alerts reach people.
 *
 * @param alertmanager whom alerts are delivered to; without one, to nobody
 * @param dashboards the links from alerts to dashboards
 */
public record DeliverySettings(
    Optional<AlertmanagerSettings> alertmanager, DashboardLinks dashboards) {}
