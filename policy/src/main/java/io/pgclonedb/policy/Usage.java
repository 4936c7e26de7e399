package io.pgclonedb.policy;

/**
 * What the help text says about a function.
 *
 * @param description one sentence
 * @param example a statement that works when typed as it stands by the admin of application {@code myapp}
 */
public record Usage(String description, String example) {}
