package io.pgclonedb.it.operation;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.operation.CallNotice;
import java.util.List;

/** How a call ended: {@code answer} or {@code error}, the other one is null. */
record CallResult(String answer, PgException error, List<CallNotice> notices) {
    String answered() {
        if (error != null) {
            throw new AssertionError("the call failed: " + error.sqlState() + " " + error.text(), error);
        }
        return answer;
    }

    PgException failed() {
        if (error == null) {
            throw new AssertionError("the call succeeded: " + answer);
        }
        return error;
    }

    String sqlState() {
        return failed().sqlState();
    }
}
