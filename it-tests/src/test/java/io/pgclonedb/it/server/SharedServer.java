package io.pgclonedb.it.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the server of this run when the first test asks for it and stops it with the JVM. {@code
 * -Dpgclonedb.it.server=embedded} or {@code docker} says which; otherwise a container where a Docker engine answers and
 * has the image, else the embedded server.
 */
final class SharedServer {
    private static final Logger LOG = LoggerFactory.getLogger(SharedServer.class);
    private static final PostgresServer INSTANCE = start();

    private SharedServer() {}

    static PostgresServer get() {
        return INSTANCE;
    }

    private static PostgresServer start() {
        int version = Integer.getInteger("pgclonedb.it.version", 18);
        PostgresServer server = choose(System.getProperty("pgclonedb.it.server", ""), version);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    private static PostgresServer choose(String wanted, int version) {
        return switch (wanted) {
            case "embedded" -> EmbeddedServer.start(version);
            case "docker" -> DockerServer.start(version);
            case "" -> DockerEngine.answers() ? dockerElseEmbedded(version) : EmbeddedServer.start(version);
            default ->
                throw new IllegalArgumentException(
                        "pgclonedb.it.server is \"embedded\" or \"docker\", not \"" + wanted + "\"");
        };
    }

    private static PostgresServer dockerElseEmbedded(int version) {
        try {
            return DockerServer.start(version);
        } catch (RuntimeException failure) {
            LOG.warn(
                    "a Docker engine answers, but no PostgreSQL {} started there ({}); taking the embedded server,"
                            + " -Dpgclonedb.it.image names another image",
                    version,
                    failure.getMessage());
            return EmbeddedServer.start(version);
        }
    }
}
