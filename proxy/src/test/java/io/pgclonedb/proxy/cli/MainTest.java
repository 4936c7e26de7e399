package io.pgclonedb.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.proxy.config.ConfigLoader;
import io.pgclonedb.proxy.config.Key;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return run(Map.of(), arguments);
    }

    private int run(Map<String, String> variables, String... arguments) {
        CommandLine commandLine = Main.commandLine(new ConfigLoader(variables, directory));
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    @Test
    void withoutACommandItNamesThem() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString())
                .contains("demo, serve, check, onboard, install-stubs")
                .hasLineCount(1);
    }

    @Test
    void anUnknownCommandOrOptionIsUsage() {
        assertThat(run("serv")).isEqualTo(2);
        assertThat(err.toString()).contains("unknown argument \"serv\"", "did you mean serve?");
        assertThat(run("serve", "--listne", "x")).isEqualTo(2);
        assertThat(run("serve", "--listen")).isEqualTo(2);
        assertThat(run("demo", "--port", "many")).isEqualTo(2);
        assertThat(run("demo", "--port", "70000")).isEqualTo(2);
        assertThat(run("onboard")).isEqualTo(2);
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "check", "onboard", "install-stubs"})
    void everyKeyIsAFlag(String command) {
        assertThat(run(command, "--help")).isZero();
        for (Key key : Key.values()) {
            assertThat(out.toString()).contains(key.flag());
        }
        assertThat(out.toString()).contains("--config");
    }

    @Test
    void theVersionIsSaid() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("pgclonedb ");
        assertThat(run("serve", "--version")).isZero();
    }

    @Test
    void aWrongConfigurationIsUsageAndOneLine() throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), "listen: nowhere\n");
        assertThat(run("check", "--config", file.toString(), "--backend", "postgresql://u:canary@db"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(file + ":1: listen: \"nowhere\" is not an address")
                .doesNotContain("canary")
                .hasLineCount(1);
    }

    @Test
    void flagsAndEnvironmentReachTheConfiguration() {
        assertThat(run(Map.of("PGCLONEDB_LISTEN", "nowhere"), "check", "--backend", "postgresql://u@db"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("environment variable PGCLONEDB_LISTEN");
    }

    @Test
    void aServerThatIsAwayIsAFailureInOneLine() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        String backend = "postgresql://postgres:canary@127.0.0.1:" + closed;
        for (String command : new String[] {"serve", "onboard"}) {
            err.getBuffer().setLength(0);
            String[] arguments = command.equals("serve")
                    ? new String[] {
                        "serve", "--backend", backend, "--listen", "127.0.0.1:0", "--http-listen", "127.0.0.1:0"
                    }
                    : new String[] {"onboard", "myapp", "--backend", backend};
            assertThat(run(arguments)).isEqualTo(1);
            assertThat(err.toString()).startsWith("pgclonedb: ").hasLineCount(1).doesNotContain("canary", "Exception");
        }
    }

    @Test
    void checkReportsAServerThatIsAwayAsAFinding() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        assertThat(run(
                        "check",
                        "--backend",
                        "postgresql://postgres:canary@127.0.0.1:" + closed,
                        "--listen",
                        "127.0.0.1:0",
                        "--http-listen",
                        "127.0.0.1:0"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("ok       configuration", "FAILURE  connection")
                .doesNotContain("canary");
    }

    @Test
    void anApplicationNameIsCheckedBeforeAnythingIsTried() {
        assertThat(run("onboard", "postgres", "--backend", "postgresql://u@db")).isEqualTo(1);
        assertThat(err.toString()).contains("no application may own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"db", "db:", ":6432", "::1:6432", "a b:6432", "db:6432/x", "db:6432\n"})
    void theAddressForStubsHasAHostAndAPort(String address) {
        assertThat(run("install-stubs", "myapp", "--backend", "postgresql://u@db", "--address", address))
                .isEqualTo(2);
        assertThat(err.toString()).contains("is not host:port").hasLineCount(1);
    }

    @Test
    void aPortInUseEndsTheDemoAtOnce() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThat(run("demo", "--port", Integer.toString(port))).isEqualTo(1);
            assertThat(err.toString())
                    .contains("port " + port + " cannot be used", "--port")
                    .hasLineCount(1);
        }
    }
}
