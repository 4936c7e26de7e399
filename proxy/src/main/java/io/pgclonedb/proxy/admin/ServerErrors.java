package io.pgclonedb.proxy.admin;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Turns what JDBC threw into an error for the caller. Nothing in it is secret: the server never saw a password. */
public final class ServerErrors {
    /** What an operator is told when the server or the control database is away. */
    public static final String CHECK_HINT = "Run \"./pgclonedb check\" where the proxy runs; it says what is wrong.";

    /** Login errors that speak of the database and not of the proxy's way to the server. */
    private static final Set<String> ABOUT_THE_DATABASE = Set.of("3D000", "55000");

    private ServerErrors() {}

    /**
     * The server's own error, SQLSTATE, message, DETAIL and HINT unchanged; 55000 when there is none because the
     * connection broke. The severity is that of a statement: the end of an admin connection is not the end of the
     * caller's.
     */
    public static PgException pgException(SQLException failure) {
        ServerErrorMessage server = serverMessage(failure);
        if (server == null || server.getSQLState() == null) {
            return PgException.error(
                            SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "the admin connection to the server was lost")
                    .withHint(CHECK_HINT)
                    .withCause(failure);
        }
        String message = server.getMessage() == null ? "unknown error" : server.getMessage();
        return PgException.error(server.getSQLState(), message)
                .withDetail(server.getDetail())
                .withHint(server.getHint())
                .withCause(failure);
    }

    /**
     * Why a login failed: the server's own error when it is about the database (missing, closed, invalid), else 55000. What
     * speaks of the proxy's own role and address is left to the cause, for the operator.
     */
    static PgException loginFailed(SQLException failure) {
        ServerErrorMessage server = serverMessage(failure);
        String state = server == null ? null : server.getSQLState();
        if (state != null && ABOUT_THE_DATABASE.contains(state)) {
            return pgException(failure);
        }
        PgException unreachable = PgException.error(
                        SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "cannot reach the server with the admin connection")
                .withHint(CHECK_HINT)
                .withCause(failure);
        if (SqlState.TOO_MANY_CONNECTIONS.code().equals(state)) {
            return unreachable.withDetail("The server has no connection left.");
        }
        if (SqlState.CANNOT_CONNECT_NOW.code().equals(state)) {
            return unreachable.withDetail("The server is starting up, shutting down or recovering.");
        }
        return unreachable;
    }

    /** Whether it was the connection that failed and not the statement: no answer, or the server's last word on it. */
    public static boolean connectionLost(SQLException failure) {
        String state = failure.getSQLState();
        return serverMessage(failure) == null || state == null || state.startsWith("08") || state.startsWith("57P");
    }

    private static @Nullable ServerErrorMessage serverMessage(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException error && error.getServerErrorMessage() != null) {
                return error.getServerErrorMessage();
            }
        }
        return null;
    }
}
