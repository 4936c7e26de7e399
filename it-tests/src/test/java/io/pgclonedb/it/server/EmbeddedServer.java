package io.pgclonedb.it.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.postgresql.ds.PGSimpleDataSource;

/** The embedded server: real binaries from a jar beside the class path, started as a child process. */
final class EmbeddedServer implements PostgresServer {
    private final EmbeddedPostgres postgres;
    private final int version;

    private EmbeddedServer(EmbeddedPostgres postgres, int version) {
        this.postgres = postgres;
        this.version = version;
    }

    static EmbeddedServer start(int version) {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setPgBinaryResolver((system, architecture) -> binaries(version))
                    .setServerConfig("max_connections", "120")
                    .setServerConfig("max_prepared_transactions", "10")
                    .setServerConfig("wal_level", "logical")
                    .setServerConfig("password_encryption", "scram-sha-256")
                    // So that a test can read with SQL what the server logged.
                    .setServerConfig("logging_collector", "on")
                    .start();
            EmbeddedServer server = new EmbeddedServer(postgres, version);
            server.askForPasswords();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static InputStream binaries(int version) throws IOException {
        Path jar =
                Path.of(System.getProperty("pgclonedb.it.binaries", "target/postgres"), "postgres-" + version + ".jar");
        JarFile file = new JarFile(jar.toFile());
        ZipEntry archive = file.stream()
                .filter(entry -> entry.getName().endsWith(".txz"))
                .findFirst()
                .orElseThrow(() -> new IOException("no server in " + jar));
        return file.getInputStream(archive);
    }

    /** The embedded server trusts everybody at first. */
    private void askForPasswords() throws SQLException, IOException {
        try (Connection connection = dataSource("postgres", SUPERUSER, "").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + SUPERUSER + " PASSWORD '" + PASSWORD + "'");
            Path hba;
            try (var row = statement.executeQuery("SHOW hba_file")) {
                row.next();
                hba = Path.of(row.getString(1));
            }
            Files.write(
                    hba,
                    List.of(
                            "host all trusted_role 127.0.0.1/32 trust",
                            "host all md5_role 127.0.0.1/32 md5",
                            "host all password_role 127.0.0.1/32 password",
                            "host all all 127.0.0.1/32 scram-sha-256",
                            "host replication all 127.0.0.1/32 scram-sha-256"));
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private PGSimpleDataSource dataSource(String database, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host()});
        source.setPortNumbers(new int[] {port()});
        source.setDatabaseName(database);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return postgres.getPort();
    }

    @Override
    public Connection connect(String database, String user, String password) throws SQLException {
        return dataSource(database, user, password).getConnection();
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
