package io.pgclonedb.proxy.operation;

import io.pgclonedb.policy.Arguments;
import io.pgclonedb.policy.Caller;
import io.pgclonedb.policy.Denial;
import io.pgclonedb.policy.DenialReason;
import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionKind;
import io.pgclonedb.proxy.control.AuditEntry;
import io.pgclonedb.proxy.control.AuditLog;
import io.pgclonedb.proxy.control.ControlDatabase;
import io.pgclonedb.proxy.control.Settings;
import io.pgclonedb.proxy.control.SettingsStore;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges a call by the catalogs as they are now and, if it may, runs it. Thread-safe; for operation threads. */
final class CallRunner {
    private static final Logger LOG = LoggerFactory.getLogger(CallRunner.class);

    private final ControlDatabase control;
    private final SettingsStore settings;
    private final AuditLog audit;
    private final ActingCalls acting;
    private final Map<String, Operation> operations;
    private final Judgement judgement;

    CallRunner(
            ControlDatabase control,
            SettingsStore settings,
            AuditLog audit,
            ActingCalls acting,
            Judgement judgement,
            Map<String, Operation> operations) {
        this.control = control;
        this.settings = settings;
        this.audit = audit;
        this.acting = acting;
        this.operations = Map.copyOf(operations);
        this.judgement = judgement;
    }

    /**
     * The answer of the call.
     *
     * @throws PgException when it was refused, failed or was cancelled; recorded
     * @throws Refused when the policy did it
     */
    String run(CallRequest request, Consumer<CallNotice> notices, Cancellation cancellation) throws Refused {
        Arguments arguments = request.arguments();
        CallerFacts known;
        Settings current;
        try (Connection connection = control.connection()) {
            known = judgement.read(connection, request.context(), arguments);
            current = settings.current(connection);
        } catch (SQLException failure) {
            throw Failures.explain(failure, cancellation);
        }
        AuditEntry entry = entry(request, known.sessionRole(), known.caller().orElse(null));
        try {
            Caller caller = Judgement.requireAllowed(request.context(), arguments, known, current);
            OperationCall call =
                    new OperationCall(request.context(), caller, arguments, current, notices, cancellation);
            return run(request.function(), call, entry);
        } catch (DeniedException denied) {
            throw refused(entry, denied.denial());
        }
    }

    private String run(Function function, OperationCall call, AuditEntry entry) {
        if (call.context().readOnly() && function.kind() == FunctionKind.ACTS) {
            throw acting.recorded(
                    entry,
                    PgException.error(
                                    SqlState.READ_ONLY_SQL_TRANSACTION,
                                    "cannot execute " + function.qualifiedName() + "() in a read-only transaction")
                            .withHint("Call it outside, or SET TRANSACTION READ WRITE first."));
        }
        @Nullable Operation operation = operations.get(function.name());
        if (operation instanceof Operation.Reading reading) {
            return read(reading, call, entry);
        }
        if (operation instanceof Operation.Transactional transactional) {
            return acting.run(transactional, call, entry);
        }
        if (operation instanceof Operation.Staged staged) {
            return acting.run(staged, call, entry);
        }
        throw new IllegalStateException("nothing serves " + function.qualifiedName());
    }

    private String read(Operation.Reading operation, OperationCall call, AuditEntry entry) {
        try {
            String answer = operation.read(call);
            call.cancellation().check();
            return answer;
        } catch (SQLException | RuntimeException failure) {
            throw acting.recorded(entry, Failures.explain(failure, call.cancellation()));
        }
    }

    private static AuditEntry entry(CallRequest request, long sessionRole, @Nullable Caller caller) {
        CallContext context = request.context();
        return new AuditEntry(
                sessionRole,
                caller == null ? context.callerName() : caller.name(),
                request.function().name(),
                request.arguments().target(),
                request.arguments().masked(),
                context.clientAddress(),
                context.applicationName(),
                context.backendPid());
    }

    /** What is wrong with an argument is a failure and no denial: nobody tried to do what he may not. */
    private Refused refused(AuditEntry entry, Denial denial) {
        PgException error = PgException.error(denial.sqlState(), denial.message())
                .withDetail(denial.detail())
                .withHint(denial.hint());
        if (denial.reason() == DenialReason.ARGUMENTS) {
            throw acting.recorded(entry, error);
        }
        try {
            audit.denied(entry, error.sqlState(), error.text());
        } catch (PgException away) {
            LOG.warn("a call that was denied is not recorded: {}", away.getMessage(), away);
        }
        return new Refused(error, denial.reason());
    }

    /** The policy did not allow a call. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final PgException error;
        private final DenialReason reason;

        Refused(PgException error, DenialReason reason) {
            super(error.text(), error, false, false);
            this.error = error;
            this.reason = reason;
        }

        PgException error() {
            return error;
        }

        DenialReason reason() {
            return reason;
        }
    }
}
