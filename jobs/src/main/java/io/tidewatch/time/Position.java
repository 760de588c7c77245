package io.tidewatch.time;

/**
 * How far a partition has been read.
 *
 * @param partition names it within its source
 * @param next offset of the record to read next
 */
public record Position(String partition, long next) {}
