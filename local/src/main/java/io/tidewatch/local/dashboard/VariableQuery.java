package io.tidewatch.local.dashboard;

/** A variable whose values a query finds, in its first column. */
public record VariableQuery(String name, String label, String sql) {}
