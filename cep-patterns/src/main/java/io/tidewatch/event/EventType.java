package io.tidewatch.event;

import java.util.List;

/**
 * A type of the catalogue and what its events carry.
 *
 * @param web whether a browser sends it: it gets a channel and keeps allow-listed properties only
 */
public record EventType(String name, boolean web, List<Property> properties) {}
