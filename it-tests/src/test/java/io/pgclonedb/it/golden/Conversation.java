package io.pgclonedb.it.golden;

import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.wire.Endpoint;
import io.pgclonedb.it.wire.Frontend;
import io.pgclonedb.it.wire.Message;
import io.pgclonedb.it.wire.RawClient;
import io.pgclonedb.it.wire.Trace;
import io.pgclonedb.it.wire.WireListener;
import java.util.ArrayList;
import java.util.List;

/** The clients of one script and everything they sent and received, line by line. Not thread-safe. */
public final class Conversation implements AutoCloseable {
    private static final Login SUPERUSER = new Login(PostgresServer.SUPERUSER, PostgresServer.PASSWORD, "postgres");

    private final Endpoint endpoint;
    private final Login login;
    private final boolean byteByByte;
    private final List<RawClient> clients = new ArrayList<>();
    private final StringBuilder lines = new StringBuilder();

    Conversation(Endpoint endpoint, boolean byteByByte) {
        this(endpoint, SUPERUSER, byteByByte);
    }

    /**
     * Nobody has said anything yet.
     *
     * @param login as whom and where {@link #login} logs in
     * @param byteByByte whether every byte of a client is sent by itself
     */
    public Conversation(Endpoint endpoint, Login login, boolean byteByByte) {
        this.endpoint = endpoint;
        this.login = login;
        this.byteByByte = byteByByte;
    }

    /** Who logs in, and to which database. */
    public record Login(String user, String password, String database) {}

    /** A client that is connected and has said nothing. */
    public RawClient open() {
        RawClient client = RawClient.connect(endpoint, new Recorder((char) ('a' + clients.size())));
        client.byteByByte(byteByByte);
        clients.add(client);
        return client;
    }

    /** A client that has logged in, as superuser if nothing else was said; further startup parameters are names and values in turn. */
    public RawClient login(String... parameters) {
        RawClient client = open();
        List<String> all = new ArrayList<>(List.of("user", login.user(), "database", login.database()));
        all.addAll(List.of(parameters));
        client.login(login.user(), login.password(), Frontend.startup(all.toArray(String[]::new)));
        return client;
    }

    /** Waits, outside the trace, until the query answers {@code t} on a connection straight to the server. */
    public void awaitTrue(String query) {
        try (RawClient watcher = RawClient.login(
                PostgresServer.shared().endpoint(), "postgres", PostgresServer.SUPERUSER, PostgresServer.PASSWORD)) {
            for (int i = 0; i < 2000; i++) {
                if (watcher.queryForText(query).equals("t")) {
                    return;
                }
                watcher.query("SELECT pg_sleep(0.01)");
            }
        }
        throw new IllegalStateException("never true: " + query);
    }

    /** All lines so far, without positions in the write-ahead log and numbers of temporary schemas. */
    public String trace() {
        return lines.toString()
                .replaceAll("\\[[0-9A-F]+/[0-9A-F]+]", "[<lsn>]")
                .replaceAll("pg_temp_[0-9]+", "pg_temp_<n>");
    }

    /** Leaves out of the trace what was said so far. */
    public void forget() {
        lines.setLength(0);
    }

    @Override
    public void close() {
        clients.forEach(RawClient::close);
    }

    private final class Recorder implements WireListener {
        private final char name;

        Recorder(char name) {
            this.name = name;
        }

        @Override
        public void sent(byte[] bytes) {
            boolean secret = bytes.length > 0 && bytes[0] == 'p';
            line("> ", secret ? "password message" : Trace.frontend(bytes));
        }

        @Override
        public void received(Message message) {
            line("< ", Trace.backend(message));
        }

        @Override
        public void ended() {
            line("< ", "end");
        }

        private void line(String direction, String text) {
            lines.append(name).append(direction).append(text).append('\n');
        }
    }
}
