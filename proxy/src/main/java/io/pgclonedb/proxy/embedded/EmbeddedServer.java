package io.pgclonedb.proxy.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of one's own: a child process whose binaries and data lie in one temporary directory, which goes with it. It
 * asks everybody for a password. It must be closed; a JVM that is asked to end does so in time.
 */
public final class EmbeddedServer implements AutoCloseable {
    /** The superuser. */
    public static final String SUPERUSER = "postgres";

    /** Its password, and that of everybody in the demo. */
    public static final String PASSWORD = "demo";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final String HOST = "127.0.0.1";

    private final EmbeddedPostgres postgres;
    private final Path directory;
    private boolean closed;

    private EmbeddedServer(EmbeddedPostgres postgres, Path directory) {
        this.postgres = postgres;
        this.directory = directory;
    }

    /**
     * Starts one on a free port of the loopback address. Takes a few seconds.
     *
     * @throws IOException when it cannot be started
     */
    public static EmbeddedServer start() throws IOException {
        Path directory = Files.createTempDirectory("pgclonedb-demo-");
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(directory.toFile())
                    .setDataDirectory(directory.resolve("data"))
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setServerConfig("listen_addresses", HOST)
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("password_encryption", "scram-sha-256")
                    .start();
            EmbeddedServer server = new EmbeddedServer(postgres, directory);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "pgclonedb-demo-end"));
            server.askForPasswords();
            return server;
        } catch (IOException | RuntimeException failure) {
            delete(directory);
            throw failure;
        }
    }

    /** A new server trusts everybody on this machine. */
    private void askForPasswords() throws IOException {
        try (Connection connection = dataSource("postgres", "").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + SUPERUSER + " PASSWORD '" + PASSWORD + "'");
            Path rules;
            try (ResultSet row = statement.executeQuery("SHOW hba_file")) {
                row.next();
                rules = Path.of(row.getString(1));
            }
            Files.write(
                    rules,
                    List.of(
                            "host all all 127.0.0.1/32 scram-sha-256",
                            "host replication all 127.0.0.1/32 scram-sha-256"));
            statement.execute("SELECT pg_reload_conf()");
        } catch (SQLException | IOException failure) {
            close();
            throw new IOException("the embedded server could not be set up: " + failure.getMessage(), failure);
        }
    }

    public String host() {
        return HOST;
    }

    public int port() {
        return postgres.getPort();
    }

    /** A new connection as superuser. */
    public Connection connect(String database) throws SQLException {
        return dataSource(database, PASSWORD).getConnection();
    }

    private PGSimpleDataSource dataSource(String database, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {HOST});
        source.setPortNumbers(new int[] {port()});
        source.setDatabaseName(database);
        source.setUser(SUPERUSER);
        source.setPassword(password);
        return source;
    }

    /** Stops the server and deletes everything it wrote. Once is enough, more does no harm. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            postgres.close();
        } catch (IOException | RuntimeException failure) {
            LOG.warn("the embedded server did not stop as it should: {}", failure.getMessage());
        }
        delete(directory);
    }

    private static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    // The server deletes files of its own while it stops.
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            LOG.warn("{} could not be deleted: {}", directory, failure.getMessage());
        }
    }
}
