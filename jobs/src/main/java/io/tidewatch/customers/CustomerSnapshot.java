package io.tidewatch.customers;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What is known of a customer as of a moment; nothing in it comes from later.
 *
 * <p>"Last N days" are the N local days that end with the day of {@code asOf}; "days since" are
 * whole local days. Use is a call of the API or the use of a feature.
 *
 * @param daysSinceUse null for one who never used anything
 * @param daysSinceSignup since the customer was created, else first seen
 * @param averageResponseMillis of the API calls of the last 30 days; 0 without any
 * @param errorRate share of these that ended in a status of 500 or above; 0 without any
 * @param lastLogin null for one who never logged in
 * @param daysSinceLogin since the last login, else the last use, else first seen
 * @param activeDaysLast30Days days with any use
 * @param mrr paid per month
 * @param openingMrr paid per month when the day of {@code asOf} began
 * @param tier empty if unknown, as plan and country
 */
public record CustomerSnapshot(
    Instant asOf,
    long usesLast7Days,
    long usesLast28Days,
    Long daysSinceUse,
    int featuresLast30Days,
    PaymentStanding payments,
    int openTickets,
    long daysSinceSignup,
    long apiCallsLast7Days,
    long apiCallsLast30Days,
    double averageResponseMillis,
    double errorRate,
    int ticketsOpenedLast30Days,
    Instant lastLogin,
    long daysSinceLogin,
    int paymentFailuresLast30Days,
    int activeDaysLast30Days,
    BigDecimal mrr,
    BigDecimal openingMrr,
    String tier,
    String plan,
    String country) {}
