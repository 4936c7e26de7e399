package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.control.RunningOperation;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** {@code create_database}: looks whether the clone can be made; {@link CloneDatabase} makes it. */
final class CreateDatabase implements Operation.Staged {
    private final AdminLogin login;
    private final DiskCheck disk;
    private final CallObserver observer;

    CreateDatabase(AdminLogin login, DiskCheck disk, CallObserver observer) {
        this.login = login;
        this.disk = disk;
        this.observer = observer;
    }

    @Override
    public Stage prepare(OperationCall call, Connection admin) throws SQLException {
        String name = call.text("dbname");
        NameLock.forCreation(admin, name);
        Database template = template(admin, call.text("template"));
        if (Database.find(admin, name).isPresent()) {
            throw PgException.error(SqlState.DUPLICATE_DATABASE, "database \"" + name + "\" already exists")
                    .withHint("Choose another name, or drop it first with SELECT pgclonedb.drop_database("
                            + Quoted.literal(name) + ").");
        }
        String owner = owner(call, template);
        requireRole(admin, owner);
        template.requireUsable();
        if (call.context().database().equals(template.name())) {
            throw PgException.error(
                            SqlState.OBJECT_IN_USE,
                            "template database \"" + template.name() + "\" is being accessed by the calling session")
                    .withDetail("A template can only be cloned while nobody is connected to it.")
                    .withHint("Connect to another database, such as postgres, and repeat the call from there.");
        }
        NewDatabase clone = new NewDatabase(
                name,
                template,
                call.optionalText("encoding"),
                call.optionalText("lc_collate"),
                call.optionalText("lc_ctype"));
        return new CloneStage(call, admin, clone, owner);
    }

    private static Database template(Connection admin, String name) throws SQLException {
        return Database.find(admin, name)
                .orElseThrow(() -> PgException.error(
                                SqlState.INVALID_CATALOG_NAME, "template database \"" + name + "\" does not exist")
                        .withHint("Names are compared byte for byte: look at upper and lower case."));
    }

    /** PostgreSQL's own templates belong to a superuser, who is not to own an application's databases. */
    private static String owner(OperationCall call, Database template) {
        @Nullable String given = call.optionalText("owner");
        if (given != null) {
            return given;
        }
        boolean systemTemplate =
                template.name().equals("template0") || template.name().equals("template1");
        return systemTemplate ? call.caller().name() : template.owner();
    }

    private static void requireRole(Connection admin, String name) throws SQLException {
        try (PreparedStatement statement =
                admin.prepareStatement("SELECT FROM pg_catalog.pg_roles r WHERE r.rolname = ?::name")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw PgException.error(SqlState.UNDEFINED_OBJECT, "role \"" + name + "\" does not exist")
                            .withHint("Leave owner out to keep the owner of the template.");
                }
            }
        }
    }

    private final class CloneStage implements Stage {
        private final OperationCall call;
        private final Connection admin;
        private final NewDatabase clone;
        private final String owner;
        private volatile Progress progress = Progress.NONE;

        CloneStage(OperationCall call, Connection admin, NewDatabase clone, String owner) {
            this.call = call;
            this.admin = admin;
            this.clone = clone;
            this.owner = owner;
        }

        @Override
        public String run(RunningOperation recorded) throws SQLException {
            Stopwatch time = Stopwatch.start();
            Database template = clone.template();
            long bytes = NewDatabase.size(admin, template);
            CloneProgress before = CloneProgress.before(
                    admin,
                    clone.name(),
                    template,
                    bytes,
                    call::notice,
                    written -> disk.written(recorded, bytes, written));
            disk.reserve(admin, recorded, template, bytes, call.settings().minFreeBytes());
            call.cancellation().check();
            progress = before;
            new CloneDatabase(login, call.cancellation(), admin).run(clone, owner, bytes);
            observer.cloned(bytes);
            return "database \"" + clone.name() + "\" created from \"" + template.name() + "\" (" + Figures.size(bytes)
                    + " in " + Figures.duration(time.elapsed()) + ")";
        }

        @Override
        public Progress progress() {
            return (connection, elapsed) -> progress.look(connection, elapsed);
        }
    }
}
