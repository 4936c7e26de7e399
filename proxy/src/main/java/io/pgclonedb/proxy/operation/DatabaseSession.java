package io.pgclonedb.proxy.operation;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A server process that uses a database.
 *
 * @param role empty when the process runs as nobody or is only starting
 * @param application its {@code application_name}, possibly empty
 * @param backendType {@code pg_stat_activity.backend_type}; {@link #STARTING} for one that is logging in
 */
record DatabaseSession(int pid, String role, String application, String backendType) {
    static final String STARTING = "starting";
    private static final int SHOWN = 20;

    /** PostgreSQL ends autovacuum workers by itself where they are in the way. */
    boolean autovacuum() {
        return backendType.equals("autovacuum worker");
    }

    private String describe() {
        StringBuilder text = new StringBuilder("pid ").append(pid);
        if (!role.isEmpty()) {
            text.append(", role \"").append(role).append('"');
        }
        if (!application.isEmpty()) {
            text.append(", application \"").append(application).append('"');
        }
        if (!backendType.equals("client backend")) {
            text.append(", ").append(backendType);
        }
        return text.toString();
    }

    /** A DETAIL that names the sessions, at most {@value #SHOWN} of them. */
    static String detail(List<DatabaseSession> sessions) {
        String shown =
                sessions.stream().limit(SHOWN).map(DatabaseSession::describe).collect(Collectors.joining("; "));
        int rest = sessions.size() - SHOWN;
        return "Connected: " + shown + (rest > 0 ? "; and " + rest + " more." : ".");
    }
}
