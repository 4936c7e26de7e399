package io.pgclonedb.proxy.operation;

import io.pgclonedb.policy.Arguments;
import io.pgclonedb.policy.Caller;
import io.pgclonedb.policy.Decision;
import io.pgclonedb.policy.Policy;
import io.pgclonedb.proxy.control.Settings;
import io.pgclonedb.proxy.control.SettingsStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts a call before the policy, with the facts of the cluster as they are now. Thread-safe. */
final class Judgement {
    private final ClusterFactsReader facts;
    private final SettingsStore settings;

    Judgement(ClusterFactsReader facts, SettingsStore settings) {
        this.facts = facts;
        this.settings = settings;
    }

    /** What the policy has to know of a call; {@code connection} must be in autocommit mode. */
    CallerFacts read(Connection connection, CallContext context, Arguments arguments) throws SQLException {
        return facts.read(connection, context.backendPid(), arguments);
    }

    /**
     * Locks roles and memberships until the transaction of {@code control} ends, and asks the policy once more.
     *
     * @return the call as it was judged now
     * @throws DeniedException when it may not run any more
     */
    OperationCall onLockedRoles(OperationCall call, Connection control) throws SQLException {
        RoleLock.take(control);
        CallerFacts known = facts.readWithin(control, call.context().backendPid(), call.arguments());
        Settings current = settings.current(control);
        Caller caller = requireAllowed(call.context(), call.arguments(), known, current);
        return new OperationCall(
                call.context(), caller, call.arguments(), current, call.notices(), call.cancellation());
    }

    /**
     * The caller, when the policy allows the call.
     *
     * @throws DeniedException when it does not
     */
    static Caller requireAllowed(CallContext context, Arguments arguments, CallerFacts known, Settings current) {
        @Nullable Caller caller = known.caller().orElse(null);
        if (caller == null) {
            throw new DeniedException(Policy.callerIsGone(context.callerName()));
        }
        Set<String> enabled = OperationCall.enabled(current);
        Decision decision = Policy.decide(caller, arguments, known.cluster(), enabled);
        if (decision instanceof Decision.Denied denied) {
            throw new DeniedException(denied.denial());
        }
        return caller;
    }
}
