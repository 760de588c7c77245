package io.tidewatch.local.train;

import io.tidewatch.churn.ChurnFeatures;
import io.tidewatch.segments.SegmentFeatures;

/**
 * A paying customer as of a past date, by what was known then.
 *
 * @param plan what it paid for; empty if unknown
 */
public record ObservedCustomer(
    String id, String plan, ChurnFeatures churn, SegmentFeatures segment) {}
