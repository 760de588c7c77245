package io.tidewatch.local.demo;

import io.tidewatch.local.company.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of things at one moment.
 *
 * @param now in the company
 * @param left until the end; empty: until Ctrl-C
 * @param sent events
 * @param incidents live ones, with the alert that noticed each
 * @param alerts messages since the live part began, the newest last
 * @param firing by severity, how many alerts fire
 * @param where the dashboards and the parts of the stack are
 */
record Picture(
    Instant now,
    Optional<Duration> left,
    Figures figures,
    long sent,
    Map<Incident, Optional<AlertMessage>> incidents,
    List<AlertMessage> alerts,
    Map<String, Long> firing,
    String where) {}
