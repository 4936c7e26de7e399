package io.pgclonedb.it.server;

import io.pgclonedb.it.wire.Endpoint;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

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
            EmbeddedPostgres.Builder builder =
                    EmbeddedPostgres.builder().setPgBinaryResolver((system, architecture) -> binaries(version));
            ServerSettings.START.forEach(builder::setServerConfig);
            EmbeddedServer server = new EmbeddedServer(builder.start(), version);
            ServerSettings.askForPasswords(server.endpoint(), "127.0.0.1/32", "");
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static InputStream binaries(int version) throws IOException {
        Path jar =
                Path.of(System.getProperty("pgclonedb.it.binaries", "target/postgres"), "postgres-" + version + ".jar");
        JarFile file = new JarFile(jar.toFile());
        ZipEntry archive = file.stream()
                .filter(entry -> entry.getName().endsWith(".txz"))
                .findFirst()
                .orElseThrow(() -> new IOException("no server in " + jar));
        return file.getInputStream(archive);
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public Endpoint endpoint() {
        return new Endpoint("127.0.0.1", postgres.getPort());
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
