package io.pgclonedb.proxy.operation;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Waits until a database has no sessions, ending them where that is asked for. */
final class SessionEnding {
    private static final long PAUSE_MILLIS = 50;

    private final Connection admin;
    private final Cancellation cancellation;
    private final Set<Integer> terminated = new HashSet<>();

    SessionEnding(Connection admin, Cancellation cancellation) {
        this.admin = admin;
        this.cancellation = cancellation;
    }

    /**
     * Ends all sessions, autovacuum workers too. The database must already be closed to new ones: whoever is ended would else
     * be back before the last is gone.
     *
     * @return those that are still there when {@code patience} is at its end
     */
    List<DatabaseSession> terminate(Database database, Duration patience) throws SQLException {
        Stopwatch time = Stopwatch.start();
        List<DatabaseSession> sessions = DatabaseSessions.of(admin, database);
        while (!sessions.isEmpty() && time.elapsed().compareTo(patience) < 0) {
            DatabaseSessions.terminate(admin, sessions);
            sessions.stream()
                    .filter(session -> !session.autovacuum())
                    .forEach(session -> terminated.add(session.pid()));
            pause();
            sessions = DatabaseSessions.of(admin, database);
        }
        return sessions;
    }

    /** Waits for sessions that are about to end by themselves; returns those that are still there. */
    List<DatabaseSession> await(Database database, Duration patience) throws SQLException {
        Stopwatch time = Stopwatch.start();
        List<DatabaseSession> sessions = DatabaseSessions.blocking(admin, database);
        while (!sessions.isEmpty() && time.elapsed().compareTo(patience) < 0) {
            pause();
            sessions = DatabaseSessions.blocking(admin, database);
        }
        return sessions;
    }

    /** How many were ended, for the answer: empty, {@code " (1 session terminated)"} or the like. */
    String terminatedText() {
        return terminated.isEmpty()
                ? ""
                : " (" + terminated.size() + (terminated.size() == 1 ? " session" : " sessions") + " terminated)";
    }

    private void pause() {
        cancellation.check();
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            cancellation.cancel(CancelReason.SHUTDOWN);
        }
        cancellation.check();
    }
}
