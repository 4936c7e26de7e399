package io.pgclonedb.proxy.operation;

import io.pgclonedb.policy.Denial;

/** The policy did not allow a call; not recorded yet. Nothing of the call is done, or what is done is rolled back. */
final class DeniedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Denial denial;

    DeniedException(Denial denial) {
        super(denial.message(), null, false, false);
        this.denial = denial;
    }

    Denial denial() {
        return denial;
    }
}
