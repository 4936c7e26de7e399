package io.pgclonedb.policy;

/** What a function does and how it answers. */
public enum FunctionKind {
    /** Changes something and answers one line of text. */
    ACTS,
    /** Changes nothing and answers one text. */
    READS_TEXT,
    /** Changes nothing and answers rows. */
    READS_ROWS
}
