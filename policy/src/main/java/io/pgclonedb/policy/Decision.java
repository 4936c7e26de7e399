package io.pgclonedb.policy;

/** Whether a call may run. What exists, and in what state it is, is left to the operation. */
public sealed interface Decision {
    /** It may. */
    record Allowed() implements Decision {}

    /** It may not, and nothing must be done. */
    record Denied(Denial denial) implements Decision {}
}
