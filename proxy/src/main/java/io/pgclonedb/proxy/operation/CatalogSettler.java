package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.admin.ServerErrors;
import io.pgclonedb.proxy.control.Outcome;
import io.pgclonedb.proxy.control.Settler;
import io.pgclonedb.proxy.control.UnsettledOperation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells from {@code pg_database} what became of an operation whose proxy died. An intent is recorded only after the operation
 * has looked at the state of its target, so what the catalogs show now and did not show then is the operation's own work.
 */
final class CatalogSettler implements Settler {
    private final AdminLogin login;

    CatalogSettler(AdminLogin login) {
        this.login = login;
    }

    @Override
    public Optional<Outcome> settle(UnsettledOperation operation) {
        @Nullable String target = operation.target();
        if (target == null) {
            return Optional.empty();
        }
        try (Connection connection = login.connect()) {
            Optional<Database> database = Database.find(connection, target);
            return switch (operation.operation()) {
                case "create_database" -> created(database);
                case "close_database" -> closed(connection, database);
                case "drop_database" -> dropped(database);
                default -> Optional.empty();
            };
        } catch (SQLException failure) {
            throw ServerErrors.pgException(failure);
        }
    }

    /** It did not exist; a clone that was left unfinished is neither. */
    private static Optional<Outcome> created(Optional<Database> database) {
        if (database.isEmpty()) {
            return Optional.of(Outcome.FAILED);
        }
        return database.get().unfinished() || database.get().invalid()
                ? Optional.empty()
                : Optional.of(Outcome.SUCCEEDED);
    }

    private static Optional<Outcome> closed(Connection connection, Optional<Database> database) throws SQLException {
        if (database.isEmpty()) {
            return Optional.empty();
        }
        if (!database.get().closed()) {
            return Optional.of(Outcome.FAILED);
        }
        return DatabaseSessions.of(connection, database.get()).isEmpty()
                ? Optional.of(Outcome.SUCCEEDED)
                : Optional.empty();
    }

    /** It existed; an invalid one is half gone. */
    private static Optional<Outcome> dropped(Optional<Database> database) {
        if (database.isEmpty()) {
            return Optional.of(Outcome.SUCCEEDED);
        }
        return database.get().invalid() ? Optional.empty() : Optional.of(Outcome.FAILED);
    }
}
