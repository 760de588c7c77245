package io.tidewatch.job;

import io.tidewatch.customers.HealthSettings;
import java.time.Duration;

/**
 * How customers are remembered and scored.
 *
 * @param timeToLive how long a silent customer is remembered; and a campaign's plan, and an
 *     exchange rate that a younger one has followed
 * @param health what customers' health is scored with
 */
public record CustomerSettings(Duration timeToLive, HealthSettings health) {}
