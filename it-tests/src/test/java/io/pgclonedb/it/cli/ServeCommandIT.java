package io.pgclonedb.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.server.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ServeCommandIT {
    private static final Pattern READY = Pattern.compile(
            "ready: proxy at 127\\.0\\.0\\.1:(\\d+), .*metrics at http://127\\.0\\.0\\.1:(\\d+)/metrics");

    private final PostgresServer server = PostgresServer.shared();

    @AfterEach
    void dropControlDatabase() throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS serve_control WITH (FORCE)");
        }
    }

    private CliProcess serve(String listen) {
        return CliProcess.start(
                "serve",
                "--backend",
                CliProcess.backend(server),
                "--control-database",
                "serve_control",
                "--listen",
                listen,
                "--http-listen",
                "127.0.0.1:0");
    }

    private static Matcher ready(CliProcess serve) throws InterruptedException {
        String line = serve.awaitReady();
        Matcher matcher = READY.matcher(line);
        assertThat(matcher.matches()).as(line).isTrue();
        return matcher;
    }

    private static Connection connect(Matcher ready) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {Integer.parseInt(ready.group(1))});
        source.setDatabaseName("postgres");
        source.setUser(PostgresServer.SUPERUSER);
        source.setPassword(PostgresServer.PASSWORD);
        return source.getConnection();
    }

    private static HttpResponse<String> get(Matcher ready, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + ready.group(2) + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Test
    void servesUntilItIsTold() throws Exception {
        try (CliProcess serve = serve("127.0.0.1:0")) {
            Matcher ready = ready(serve);
            try (Connection connection = connect(ready);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT 41 + 1")) {
                row.next();
                assertThat(row.getInt(1)).isEqualTo(42);
                assertThat(get(ready, "/metrics").body())
                        .contains("pgclonedb_sessions{state=\"authenticated\"} 1.0")
                        .contains("pgclonedb_control_database_up 1.0");
            }
            for (String path : new String[] {"/livez", "/readyz", "/startupz"}) {
                assertThat(get(ready, path).statusCode()).isEqualTo(200);
            }
            serve.terminate();
            assertThat(serve.exitCode()).as(serve.err()).isZero();
            assertThat(serve.err()).doesNotContain(PostgresServer.PASSWORD + "@", "Exception");
        }
    }

    @Test
    void anIdleSessionDoesNotHoldItUp() throws Exception {
        try (CliProcess serve = serve("127.0.0.1:0")) {
            try (Connection connection = connect(ready(serve))) {
                serve.terminate();
                assertThat(serve.exitCode()).as(serve.err()).isZero();
                assertThat(connection.isValid(5)).isFalse();
            }
        }
    }

    @Test
    void anAddressInUseEndsItWithOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                CliProcess serve = serve("127.0.0.1:" + taken.getLocalPort())) {
            assertThat(serve.exitCode()).isEqualTo(1);
            assertThat(serve.out()).isEmpty();
            assertThat(serve.err().lines().filter(line -> line.startsWith("pgclonedb: ")))
                    .singleElement()
                    .asString()
                    .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort(), "--listen");
        }
    }
}
