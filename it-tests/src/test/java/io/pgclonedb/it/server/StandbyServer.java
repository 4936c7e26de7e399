package io.pgclonedb.it.server;

import io.pgclonedb.it.wire.Endpoint;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An embedded server of a test's own, which comes back as a hot standby. It trusts everybody. */
public final class StandbyServer implements AutoCloseable {
    private static final int VERSION = Integer.getInteger("pgclonedb.it.version", 18);

    private final Path directory;
    private EmbeddedPostgres postgres;

    private StandbyServer(Path directory) throws IOException {
        this.directory = directory;
        this.postgres = run();
    }

    /**
     * Starts it as a primary.
     *
     * @param directory for its data, empty
     */
    public static StandbyServer primary(Path directory) throws IOException {
        return new StandbyServer(directory);
    }

    private EmbeddedPostgres run() throws IOException {
        return EmbeddedPostgres.builder()
                .setPgBinaryResolver((system, architecture) -> EmbeddedServer.binaries(VERSION))
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .start();
    }

    /** Stops it and starts it again as the standby of a primary that sends nothing. */
    public void becomeStandby() throws IOException {
        postgres.close();
        Files.createFile(directory.resolve("standby.signal"));
        postgres = run();
    }

    /** Where it listens; another place after {@link #becomeStandby}. */
    public Endpoint endpoint() {
        return new Endpoint("127.0.0.1", postgres.getPort());
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
