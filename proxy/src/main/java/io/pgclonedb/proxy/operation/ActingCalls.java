package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.control.AuditEntry;
import io.pgclonedb.proxy.control.AuditLog;
import io.pgclonedb.proxy.control.Outcome;
import io.pgclonedb.proxy.control.RunningOperation;
import io.pgclonedb.proxy.control.RunningOperations;
import io.pgclonedb.proxy.error.PgException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs operations that change something, each with its record: without one, nothing is done. Thread-safe; for operation
 * threads.
 */
final class ActingCalls {
    private static final Logger LOG = LoggerFactory.getLogger(ActingCalls.class);

    private final AuditLog audit;
    private final RunningOperations running;
    private final AdminLogin login;
    private final ScheduledExecutorService scheduler;
    private final Judgement judgement;

    ActingCalls(
            AuditLog audit,
            RunningOperations running,
            AdminLogin login,
            ScheduledExecutorService scheduler,
            Judgement judgement) {
        this.audit = audit;
        this.running = running;
        this.login = login;
        this.scheduler = scheduler;
        this.judgement = judgement;
    }

    /**
     * An operation that is one transaction with its row.
     *
     * @throws DeniedException when the policy, asked again, does not allow it any more; not recorded
     */
    String run(Operation.Transactional operation, OperationCall call, AuditEntry entry) {
        try {
            return audit.inOneTransaction(entry, control -> {
                call.cancellation().guard(control);
                OperationWatch watch = watch(call, control, Progress.NONE);
                try {
                    OperationCall judged =
                            operation instanceof Operation.OnRoles ? judgement.onLockedRoles(call, control) : call;
                    String answer = operation.run(judged, control);
                    call.cancellation().check();
                    return answer;
                } finally {
                    watch.close();
                    call.cancellation().release();
                }
            });
        } catch (DeniedException denied) {
            throw denied;
        } catch (RuntimeException failure) {
            PgException error = Failures.explain(failure, call.cancellation());
            // When the connection broke at the commit, the row is there with the work or neither is.
            throw Failures.outcomeUnknown(failure) ? error : recorded(entry, error);
        }
    }

    /** An operation that looks, has its intent recorded, works, and has the outcome recorded. */
    String run(Operation.Staged operation, OperationCall call, AuditEntry entry) {
        try (Connection admin = connect(entry)) {
            try {
                call.cancellation().guard(admin);
                try (Operation.Stage stage = prepare(operation, call, entry, admin);
                        RunningOperation recorded = running.begin(entry)) {
                    Connection working = stage.works(admin);
                    call.cancellation().guard(working);
                    try {
                        return work(stage, call, working, recorded);
                    } finally {
                        call.cancellation().release();
                    }
                }
            } finally {
                call.cancellation().release();
            }
        } catch (SQLException broken) {
            throw Failures.explain(broken, call.cancellation());
        }
    }

    private Connection connect(AuditEntry entry) {
        try {
            return login.connect();
        } catch (PgException failure) {
            throw recorded(entry, failure);
        }
    }

    private Operation.Stage prepare(
            Operation.Staged operation, OperationCall call, AuditEntry entry, Connection admin) {
        try {
            Operation.Stage stage = operation.prepare(call, admin);
            call.cancellation().check();
            return stage;
        } catch (SQLException | RuntimeException failure) {
            throw recorded(entry, Failures.explain(failure, call.cancellation()));
        }
    }

    private String work(Operation.Stage stage, OperationCall call, Connection working, RunningOperation recorded) {
        String answer;
        try {
            recorded.runsOn(working);
            OperationWatch watch = watch(call, working, stage.progress());
            try {
                answer = stage.run(recorded);
            } finally {
                watch.close();
            }
        } catch (SQLException | RuntimeException failure) {
            PgException error = Failures.explain(failure, call.cancellation());
            if (Failures.outcomeUnknown(failure)) {
                // The row stays open until the catalogs show what became of it.
                throw error.detail() == null
                        ? error.withDetail("What became of the operation is not known yet; the audit log will show it.")
                        : error;
            }
            finish(recorded, Outcome.FAILED, error.sqlState(), error.text());
            throw error;
        }
        if (!finish(recorded, Outcome.SUCCEEDED, null, answer)) {
            call.notices()
                    .accept(new CallNotice(
                            "WARNING",
                            "01000",
                            "the outcome could not be recorded now",
                            "The call has done its work; its row in the audit log is completed later.",
                            null));
        }
        return answer;
    }

    private OperationWatch watch(OperationCall call, Connection working, Progress progress) throws SQLException {
        int pid = working.unwrap(PGConnection.class).getBackendPID();
        return OperationWatch.start(login, scheduler, call, pid, progress);
    }

    private static boolean finish(
            RunningOperation recorded, Outcome outcome, @Nullable String sqlState, String message) {
        try {
            recorded.finish(outcome, sqlState, message);
            return true;
        } catch (PgException away) {
            LOG.warn("the outcome of operation {} is not recorded: {}", recorded.id(), away.getMessage(), away);
            return false;
        }
    }

    /** Records a failure that has changed nothing; the same error again, to be thrown. */
    PgException recorded(AuditEntry entry, PgException error) {
        try {
            audit.failed(entry, error.sqlState(), error.text());
        } catch (PgException away) {
            LOG.warn("a call that failed is not recorded: {}", away.getMessage(), away);
        }
        return error;
    }
}
