package io.pgclonedb.policy;

/** A column of the rows of a {@link FunctionKind#READS_ROWS} function; {@code type} is an SQL type name. */
public record ResultColumn(String name, String type) {}
