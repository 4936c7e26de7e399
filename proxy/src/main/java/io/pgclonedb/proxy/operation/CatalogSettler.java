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
 * Tells from {@code pg_database} and {@code pg_namespace} what became of an operation whose proxy died. An intent is recorded only after the operation
 * has looked at the state of its target, so what the catalogs show now and did not show then is the operation's own work.
 */
final class CatalogSettler implements Settler {
    private final AdminLogin login;
    private final DatabaseLogin databases;

    CatalogSettler(AdminLogin login, DatabaseLogin databases) {
        this.login = login;
        this.databases = databases;
    }

    @Override
    public Optional<Outcome> settle(UnsettledOperation operation) {
        // The target of a schema is database.schema, and either name may hold a dot.
        @Nullable Object name = operation.arguments().get("dbname");
        if (!(name instanceof String target)) {
            return Optional.empty();
        }
        try (Connection connection = login.connect()) {
            Optional<Database> database = Database.find(connection, target);
            return switch (operation.operation()) {
                case "create_database" -> created(database);
                case "close_database" -> closed(connection, database);
                case "drop_database" -> dropped(database);
                case "create_schema" -> schema(operation, database, true);
                case "drop_schema" -> schema(operation, database, false);
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

    /** One statement in a database that nobody can look into while it is closed. */
    private Optional<Outcome> schema(UnsettledOperation operation, Optional<Database> database, boolean wanted)
            throws SQLException {
        if (!(operation.arguments().get("schema_name") instanceof String schema)
                || database.isEmpty()
                || !database.get().allowConnections()
                || database.get().invalid()) {
            return Optional.empty();
        }
        try (SchemaConnection target =
                SchemaConnection.open(databases, database.get().name())) {
            return Optional.of(target.exists(schema) == wanted ? Outcome.SUCCEEDED : Outcome.FAILED);
        }
    }
}
