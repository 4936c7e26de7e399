package io.pgclonedb.proxy.intercept;

import io.netty.buffer.Unpooled;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import io.pgclonedb.proxy.relay.BackendState;
import io.pgclonedb.proxy.sql.CallPlanner;
import io.pgclonedb.proxy.sql.CallSearch;
import io.pgclonedb.proxy.sql.NameUses;
import io.pgclonedb.proxy.sql.Plan;
import io.pgclonedb.proxy.sql.PlanOptions;
import java.util.List;
import java.util.Optional;

/** Plans the texts of one session by what the server last said of its settings. Belongs to the session's event loop. */
final class CallTexts {
    private final BackendState state;
    private final CarrierStatements statements;
    private final boolean serves;

    /** @param serves false where every call is to be refused */
    CallTexts(BackendState state, CarrierStatements statements, boolean serves) {
        this.state = state;
        this.statements = statements;
        this.serves = serves;
    }

    /**
     * What is to be done with a text.
     *
     * @param extended true for Parse, false for Query
     * @param declaredTypes of the parameters of Parse
     */
    Plan plan(CString text, boolean extended, List<Integer> declaredTypes) {
        byte[] sql = text.bytes();
        boolean conforming = state.setting("standard_conforming_strings", "on").equals("on");
        PlanOptions options = new PlanOptions(conforming, Encodings.of(state), extended, declaredTypes, Nonce::next);
        if (statements.hasNamed()) {
            Optional<PgException> refusal = NameUses.refusal(sql, options, this::holdsCall);
            if (refusal.isPresent()) {
                return new Plan.Refused(refusal.get());
            }
        }
        if (!CallSearch.found(Unpooled.wrappedBuffer(sql), 0, sql.length)) {
            return new Plan.PassThrough();
        }
        Plan plan = CallPlanner.plan(sql, options);
        if (!serves && !(plan instanceof Plan.PassThrough)) {
            return new Plan.Refused(PgException.error(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "pgclonedb functions cannot be called on a replication connection")
                    .withHint("Connect without the replication parameter."));
        }
        return plan;
    }

    private boolean holdsCall(String name) {
        return statements.holdsCall(CString.of(name.getBytes(Encodings.charset(state))));
    }
}
