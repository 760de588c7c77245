package io.tidewatch.job;

import io.tidewatch.customers.HealthSettings;
import java.time.Duration;

/**
 * What is remembered of customers.
 *
 * @param timeToLive how long a silent customer is remembered
 * @param health what customers' health is scored with
 */
public record CustomerSettings(Duration timeToLive, HealthSettings health) {}
