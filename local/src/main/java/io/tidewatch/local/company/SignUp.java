package io.tidewatch.local.company;

import java.time.Instant;

/** A visitor who registers. */
record SignUp(Instant time, String visitor, String session, String channel, String country) {}
