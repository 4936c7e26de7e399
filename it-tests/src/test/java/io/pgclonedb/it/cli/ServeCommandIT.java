package io.pgclonedb.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.waiting.Eventually;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
            statement.execute("UPDATE pg_database SET datistemplate = false WHERE datname = 'serve_target'");
            statement.execute("DROP DATABASE IF EXISTS serve_target WITH (FORCE)");
        }
    }

    private CliProcess serve(String listen) {
        return serve(listen, "30s");
    }

    private CliProcess serve(String listen, String drainTimeout) {
        return CliProcess.start(
                "serve",
                "--backend",
                CliProcess.backend(server),
                "--control-database",
                "serve_control",
                "--listen",
                listen,
                "--http-listen",
                "127.0.0.1:0",
                "--drain-timeout",
                drainTimeout);
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

    /** A call that waits for a lock until {@code blocker} lets go of it. */
    private Future<String> blockedCall(Matcher ready, Connection blocker) throws Exception {
        try (Statement statement = blocker.createStatement()) {
            statement.execute("CREATE DATABASE serve_target WITH ALLOW_CONNECTIONS false IS_TEMPLATE true");
            blocker.setAutoCommit(false);
            statement.execute("ALTER DATABASE serve_target WITH CONNECTION LIMIT 50");
        }
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
            try (Connection connection = connect(ready);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT pgclonedb.open_database('serve_target')")) {
                row.next();
                return row.getString(1);
            } catch (SQLException failure) {
                return failure.getSQLState();
            }
        });
        Eventually.isTrue(() ->
                get(ready, "/metrics").body().contains("pgclonedb_operations_running{function=\"open_database\"} 1.0"));
        return answer;
    }

    @Test
    void aRunningOperationMayEnd() throws Exception {
        try (CliProcess serve = serve("127.0.0.1:0");
                Connection blocker = server.connect("postgres")) {
            Matcher ready = ready(serve);
            Future<String> answer = blockedCall(ready, blocker);
            serve.terminate();
            Eventually.isTrue(() -> get(ready, "/readyz").statusCode() == 503);
            assertThat(get(ready, "/livez").statusCode()).isEqualTo(200);
            blocker.rollback();
            assertThat(answer.get(30, TimeUnit.SECONDS)).contains("serve_target");
            assertThat(serve.exitCode()).as(serve.err()).isZero();
        }
    }

    @Test
    void whatDoesNotEndInTimeIsCutOffAndTheExitCodeSaysSo() throws Exception {
        try (CliProcess serve = serve("127.0.0.1:0", "500ms");
                Connection blocker = server.connect("postgres")) {
            Future<String> answer = blockedCall(ready(serve), blocker);
            serve.terminate();
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("57014");
            assertThat(serve.exitCode()).as(serve.err()).isEqualTo(1);
            blocker.rollback();
        }
    }

    @Test
    void aSecondSignalEndsItAtOnce() throws Exception {
        try (CliProcess serve = serve("127.0.0.1:0", "10min");
                Connection blocker = server.connect("postgres")) {
            Matcher ready = ready(serve);
            Future<String> answer = blockedCall(ready, blocker);
            serve.terminate();
            Eventually.isTrue(() -> get(ready, "/readyz").statusCode() == 503);
            serve.terminate();
            assertThat(serve.exitCode()).as(serve.err()).isEqualTo(1);
            assertThat(answer.get(30, TimeUnit.SECONDS)).matches("57...|08006");
            blocker.rollback();
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
