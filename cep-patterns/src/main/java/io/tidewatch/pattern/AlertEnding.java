package io.tidewatch.pattern;

import io.tidewatch.alert.Resolution;
import java.time.Instant;

/**
 * What ends the alert of a rule on a series, if one fires.
 *
 * @param time event time
 * @param summary a sentence that a person understands; empty if there is nothing to say but that
 *     nothing has come
 */
public record AlertEnding(
    String rule, String series, Instant time, Resolution resolution, String summary) {}
