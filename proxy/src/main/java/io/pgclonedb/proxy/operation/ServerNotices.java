package io.pgclonedb.proxy.operation;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** What the server says of a statement that succeeds, handed on word for word. */
final class ServerNotices {
    private ServerNotices() {}

    /** Runs a statement as it stands and passes its notices and warnings on, in their order. */
    static void run(Connection connection, String sql, Consumer<CallNotice> notices) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                @Nullable
                ServerErrorMessage said = warning instanceof PSQLWarning notice ? notice.getServerErrorMessage() : null;
                if (said != null) {
                    notices.accept(notice(said));
                }
            }
        }
    }

    private static CallNotice notice(ServerErrorMessage said) {
        @Nullable String state = said.getSQLState();
        @Nullable String message = said.getMessage();
        return new CallNotice(
                "WARNING".equals(said.getSeverity()) ? "WARNING" : "NOTICE",
                state == null ? "00000" : state,
                message == null ? "" : message,
                said.getDetail(),
                said.getHint());
    }
}
