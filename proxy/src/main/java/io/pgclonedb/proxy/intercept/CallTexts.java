package io.pgclonedb.proxy.intercept;

import io.netty.buffer.Unpooled;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import io.pgclonedb.proxy.relay.BackendState;
import io.pgclonedb.proxy.sql.CallPlanner;
import io.pgclonedb.proxy.sql.CallSearch;
import io.pgclonedb.proxy.sql.NameUse;
import io.pgclonedb.proxy.sql.NameUses;
import io.pgclonedb.proxy.sql.Plan;
import io.pgclonedb.proxy.sql.PlanOptions;
import io.pgclonedb.proxy.sql.ServedStatement;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        PlanOptions options = options(extended, declaredTypes);
        Plan plan = CallSearch.found(Unpooled.wrappedBuffer(sql), 0, sql.length)
                ? CallPlanner.plan(sql, options)
                : new Plan.PassThrough();
        if (plan instanceof Plan.PassThrough) {
            return statements.hasNamed() ? use(ServedStatement.unchanged(sql), options) : plan;
        }
        return serves
                ? plan
                : new Plan.Refused(PgException.error(
                                SqlState.FEATURE_NOT_SUPPORTED,
                                "pgclonedb functions cannot be called on a replication connection")
                        .withHint("Connect without the replication parameter."));
    }

    private PlanOptions options(boolean extended, List<Integer> declaredTypes) {
        boolean conforming = state.setting("standard_conforming_strings", "on").equals("on");
        return new PlanOptions(conforming, Encodings.of(state), extended, declaredTypes, Nonce::next);
    }

    /**
     * What is to be done with one statement of several, when its turn has come: statements and cursors with calls may have come
     * since the whole was looked at.
     */
    Plan use(ServedStatement text) {
        return statements.hasNamed() ? use(text, options(false, List.of())) : new Plan.PassThrough();
    }

    private Plan use(ServedStatement text, PlanOptions options) {
        NameUse use = NameUses.of(text.sql(), options, new Holders());
        if (use instanceof NameUse.Refused refused) {
            return new Plan.Refused(refused.error());
        }
        if (use instanceof NameUse.InScript && !options.extendedProtocol()) {
            return CallPlanner.script(text.sql(), options);
        }
        if (use instanceof NameUse.Fetch fetch && !options.extendedProtocol()) {
            return rows(statements.portal(name(fetch.cursor())), text);
        }
        return use instanceof NameUse.Execute execute
                ? executed(statements.statement(name(execute.statement())), text, options)
                : new Plan.PassThrough();
    }

    private static Plan rows(CarrierStatements.@Nullable Portal cursor, ServedStatement text) {
        return cursor == null
                ? new Plan.PassThrough()
                : cursor.statement().secretParameters().isEmpty()
                        ? new Plan.Served(cursor.statement().usedBy(text))
                        : new Plan.Refused(byNameOnly());
    }

    /** Arguments of EXECUTE are seen by the server, and what reading calls answer is none of them. */
    private static Plan executed(@Nullable ServedStatement statement, ServedStatement text, PlanOptions options) {
        if (statement == null) {
            return new Plan.PassThrough();
        }
        boolean served = !options.extendedProtocol()
                && statement.readingCalls().isEmpty()
                && statement.secretParameters().isEmpty();
        return served ? new Plan.Served(statement.usedBy(text)) : new Plan.Refused(byNameOnly());
    }

    private static PgException byNameOnly() {
        return PgException.error(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "this prepared statement with a pgclonedb call cannot be used by name in SQL")
                .withHint("Execute it as the driver prepared it, or call the function in a plain SELECT.");
    }

    private CString name(String name) {
        return CString.of(name.getBytes(Encodings.charset(state)));
    }

    private final class Holders implements NameUse.Holders {
        @Override
        public boolean statement(String name) {
            return statements.statement(name(name)) != null;
        }

        @Override
        public boolean cursor(String name) {
            CarrierStatements.Portal portal = statements.portal(name(name));
            return portal != null && !portal.statement().actingCalls().isEmpty();
        }
    }
}
