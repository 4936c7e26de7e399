package io.pgclonedb.proxy.session;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import io.pgclonedb.proxy.operation.CancelReason;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The sessions of this proxy: found by the server's process number for a cancel, and ended at shutdown. Thread-safe. */
public final class SessionRegistry {
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(5);

    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<Integer, Session> byBackendPid = new ConcurrentHashMap<>();

    void add(Session session) {
        sessions.add(session);
    }

    void register(int backendPid, Session session) {
        byBackendPid.put(backendPid, session);
    }

    void remove(Session session, int backendPid) {
        sessions.remove(session);
        byBackendPid.remove(backendPid, session);
    }

    @Nullable
    Session find(int backendPid) {
        return byBackendPid.get(backendPid);
    }

    /** Ends the running call of a session, as somebody asked another proxy; does nothing unless the key is the session's. */
    public void cancel(int backendPid, byte[] keyDigest) {
        Session session = find(backendPid);
        if (session != null) {
            session.cancelIfRunning(keyDigest);
        }
    }

    /** How many connections there are. */
    public int size() {
        return sessions.size();
    }

    /**
     * Ends every session: at once those without a running operation, the others as soon as theirs ends.
     *
     * @param timeout after which running operations are cancelled
     * @return whether every operation ended by itself
     */
    public boolean drain(Duration timeout) throws InterruptedException {
        PgException farewell =
                PgException.fatal(SqlState.ADMIN_SHUTDOWN, "terminating connection due to administrator command");
        sessions.forEach(session -> session.endWhenIdle(farewell));
        if (allEnd(timeout)) {
            return true;
        }
        sessions.forEach(session -> session.cancelCall(CancelReason.SHUTDOWN));
        if (!allEnd(CANCEL_TIMEOUT)) {
            sessions.forEach(Session::close);
        }
        return false;
    }

    private boolean allEnd(Duration timeout) throws InterruptedException {
        CompletableFuture<?>[] ends = sessions.stream().map(Session::ended).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillRunning) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
