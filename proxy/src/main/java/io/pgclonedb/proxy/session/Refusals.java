package io.pgclonedb.proxy.session;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;

/** Why a session ends before it has begun, in the words a client sees. */
final class Refusals {
    private Refusals() {}

    static PgException unreachable(Session session) {
        return PgException.fatal(
                        SqlState.CANNOT_CONNECT_NOW,
                        "cannot reach the server behind the proxy at "
                                + session.environment().backend())
                .withHint("Check that PostgreSQL is running there and accepts connections of the proxy.");
    }

    static PgException lost() {
        return PgException.fatal(
                SqlState.CONNECTION_FAILURE, "the server behind the proxy closed the connection unexpectedly");
    }

    static PgException trusted() {
        return PgException.fatal(
                        SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
                        "the server let this session in without asking for a password")
                .withDetail(
                        "To the server every client of the proxy has the proxy's address, and its pg_hba.conf trusts it.")
                .withHint("Ask for scram-sha-256 there, or set allow_trust in the proxy's configuration.");
    }
}
