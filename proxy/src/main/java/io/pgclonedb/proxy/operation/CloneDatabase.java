package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.admin.ServerErrors;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a clone that is as its template was.
 *
 * <p>A new database can be entered by everybody the moment CREATE DATABASE commits. So it is created closed; grants, settings,
 * owner and connection limit follow in one transaction, whose last statement opens it. What fails in between is dropped again:
 * nobody has ever been in it.
 */
final class CloneDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(CloneDatabase.class);

    private final AdminLogin login;
    private final Cancellation cancellation;
    private final Connection admin;

    CloneDatabase(AdminLogin login, Cancellation cancellation, Connection admin) {
        this.login = login;
        this.cancellation = cancellation;
        this.admin = admin;
    }

    /** Returns when the clone is complete and open; {@code bytes} is the size of the template. */
    void run(NewDatabase clone, String owner, long bytes) throws SQLException {
        create(clone, bytes);
        long oid = 0;
        try {
            oid = Database.require(admin, clone.name()).oid();
            cancellation.check();
            finish(clone, owner);
        } catch (SQLException failure) {
            throw abandoned(clone, oid, ServerErrors.pgException(failure));
        } catch (PgException failure) {
            throw abandoned(clone, oid, failure);
        }
    }

    private void create(NewDatabase clone, long bytes) throws SQLException {
        try {
            clone.create(admin, bytes);
        } catch (SQLException failure) {
            if (SqlState.OBJECT_IN_USE.code().equals(failure.getSQLState())) {
                throw busy(clone.template(), ServerErrors.pgException(failure));
            }
            throw failure;
        }
    }

    /** The server has waited some seconds for the sessions to end and then says only how many there are. */
    private PgException busy(Database template, PgException failure) throws SQLException {
        List<DatabaseSession> sessions = DatabaseSessions.blocking(admin, template);
        return PgException.error(
                        SqlState.OBJECT_IN_USE,
                        "template database \"" + template.name() + "\" is being accessed by other users")
                .withDetail(sessions.isEmpty() ? failure.detail() : DatabaseSession.detail(sessions))
                .withHint("A template can only be cloned while nobody is connected to it: end the sessions, or close it"
                        + " with SELECT pgclonedb.close_database(" + Quoted.literal(template.name()) + ").");
    }

    private void finish(NewDatabase clone, String owner) throws SQLException {
        Database template = clone.template();
        admin.setAutoCommit(false);
        CloneGrants.copy(admin, template, clone.name());
        CloneSettings.copy(admin, template, clone.name());
        if (!owner.equals(template.owner())) {
            Ddl.execute(admin, "ALTER DATABASE %I OWNER TO %I", clone.name(), owner);
        }
        Ddl.execute(
                admin,
                "ALTER DATABASE %I WITH CONNECTION LIMIT " + template.connectionLimit() + " ALLOW_CONNECTIONS true",
                clone.name());
        cancellation.check();
        admin.commit();
        admin.setAutoCommit(true);
    }

    /**
     * Drops what was created, over a connection that no cancel can reach, and gives the error for the caller. The OID says
     * whose the database is: should the commit have come through after all, or somebody else have taken the name, it stays.
     *
     * @param oid of the clone; 0 when the connection broke before it was known
     */
    private PgException abandoned(NewDatabase clone, long oid, PgException failure) {
        rollback();
        try (Connection fresh = login.connect()) {
            Optional<Database> left = Database.find(fresh, clone.name()).filter(Database::unfinished);
            if (left.isEmpty()) {
                return failure;
            }
            if (left.get().oid() == oid) {
                Ddl.execute(fresh, "DROP DATABASE %I", clone.name());
                return failure;
            }
        } catch (SQLException | PgException undropped) {
            LOG.warn("an unfinished clone could not be dropped: {}", undropped.getMessage(), undropped);
        }
        return failure.withDetail("The unfinished clone \"" + clone.name()
                        + "\" could not be dropped again. It is closed and nobody can connect to it.")
                .withHint("Drop it with SELECT pgclonedb.drop_database(" + Quoted.literal(clone.name()) + ").");
    }

    private void rollback() {
        try {
            if (!admin.getAutoCommit()) {
                admin.rollback();
                admin.setAutoCommit(true);
            }
        } catch (SQLException alreadyBroken) {
            LOG.debug("rolling back on a broken connection", alreadyBroken);
        }
    }
}
