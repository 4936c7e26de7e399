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
final class Conversation implements AutoCloseable {
    private final Endpoint endpoint;
    private final boolean byteByByte;
    private final List<RawClient> clients = new ArrayList<>();
    private final StringBuilder lines = new StringBuilder();

    Conversation(Endpoint endpoint, boolean byteByByte) {
        this.endpoint = endpoint;
        this.byteByByte = byteByByte;
    }

    /** A client that is connected and has said nothing. */
    RawClient open() {
        RawClient client = RawClient.connect(endpoint, new Recorder((char) ('a' + clients.size())));
        client.byteByByte(byteByByte);
        clients.add(client);
        return client;
    }

    /** A client that has logged in as superuser; further startup parameters are names and values in turn. */
    RawClient login(String... parameters) {
        RawClient client = open();
        List<String> all = new ArrayList<>(List.of("user", PostgresServer.SUPERUSER, "database", "postgres"));
        all.addAll(List.of(parameters));
        client.login(PostgresServer.SUPERUSER, PostgresServer.PASSWORD, Frontend.startup(all.toArray(String[]::new)));
        return client;
    }

    /** Waits, outside the trace, until the query answers {@code t} on a connection straight to the server. */
    void awaitTrue(String query) {
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
    String trace() {
        return lines.toString()
                .replaceAll("\\[[0-9A-F]+/[0-9A-F]+]", "[<lsn>]")
                .replaceAll("pg_temp_[0-9]+", "pg_temp_<n>");
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
