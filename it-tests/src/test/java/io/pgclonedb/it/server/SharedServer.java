package io.pgclonedb.it.server;

/** Starts the server of this run when the first test asks for it and stops it with the JVM. */
final class SharedServer {
    private static final PostgresServer INSTANCE = start();

    private SharedServer() {}

    static PostgresServer get() {
        return INSTANCE;
    }

    private static PostgresServer start() {
        PostgresServer server = EmbeddedServer.start(Integer.getInteger("pgclonedb.it.version", 18));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }
}
