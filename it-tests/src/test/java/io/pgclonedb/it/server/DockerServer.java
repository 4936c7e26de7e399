package io.pgclonedb.it.server;

import io.pgclonedb.it.wire.Endpoint;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A server in a container that Testcontainers starts and removes. */
final class DockerServer implements PostgresServer {
    private final PostgreSQLContainer container;
    private final int version;

    private DockerServer(PostgreSQLContainer container, int version) {
        this.container = container;
        this.version = version;
    }

    /** Throws Testcontainers' own runtime exceptions when the image cannot be had or does not start. */
    static DockerServer start(int version) {
        DockerImageName image = DockerImageName.parse(System.getProperty("pgclonedb.it.image", "postgres:" + version))
                .asCompatibleSubstituteFor("postgres");
        PostgreSQLContainer container = new PostgreSQLContainer(image)
                .withDatabaseName("postgres")
                .withUsername(SUPERUSER)
                .withPassword(PASSWORD);
        List<String> command = new ArrayList<>(List.of("postgres"));
        ServerSettings.START.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        container.setCommand(command.toArray(String[]::new));
        container.start();
        DockerServer server = new DockerServer(container, version);
        try {
            ServerSettings.askForPasswords(server.endpoint(), "all", PASSWORD);
        } catch (SQLException failure) {
            container.stop();
            throw new IllegalStateException(failure);
        }
        return server;
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public Endpoint endpoint() {
        return new Endpoint(container.getHost(), container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT));
    }

    @Override
    public void close() {
        container.stop();
    }
}
