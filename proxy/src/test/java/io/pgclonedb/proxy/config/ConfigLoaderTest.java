package io.pgclonedb.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgclonedb.proxy.config.ProxyConfig.LogFormat;
import io.pgclonedb.proxy.config.ProxyConfig.LogLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    private static final String BACKEND = "postgresql://postgres:secret@db.example:5433/postgres";

    @TempDir
    Path directory;

    private final Map<String, String> variables = new HashMap<>();

    private ProxyConfig load(Map<Key, String> flags, @Nullable Path file) {
        return new ConfigLoader(variables, directory).load(flags, file);
    }

    private Path yaml(String content) throws IOException {
        return Files.writeString(directory.resolve("pgclonedb.yaml"), content);
    }

    @Test
    void everythingButTheBackendHasADefault() {
        ProxyConfig config = load(Map.of(Key.BACKEND, BACKEND), null);
        assertThat(config)
                .isEqualTo(new ProxyConfig(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 6432),
                        new BackendConfig("db.example", 5433, "postgres", "secret", "postgres"),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 9632),
                        "pgclonedb",
                        null,
                        0,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        0,
                        0,
                        100,
                        Duration.ofSeconds(30),
                        false,
                        true,
                        8,
                        LogLevel.INFO,
                        LogFormat.TEXT));
    }

    static Stream<Arguments> valuesByKey() {
        return Stream.of(
                row(
                        Key.LISTEN,
                        "127.0.0.1:7000",
                        ProxyConfig::listen,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 7000)),
                row(
                        Key.LISTEN,
                        "[::1]:7000",
                        ProxyConfig::listen,
                        address(7000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)),
                row(Key.BACKEND, "postgres://u:p@h", config -> config.backend().host(), "h"),
                row(Key.HTTP_LISTEN, "0.0.0.0:0", ProxyConfig::httpListen, address(0, 0, 0, 0, 0)),
                row(Key.CONTROL_DATABASE, "control", ProxyConfig::controlDatabase, "control"),
                row(Key.DATA_PATH, "/", ProxyConfig::dataPath, Path.of("/")),
                row(Key.VOLUME_SIZE, "10GB", ProxyConfig::volumeSize, 10_737_418_240L),
                row(Key.DRAIN_TIMEOUT, "5min", ProxyConfig::drainTimeout, Duration.ofMinutes(5)),
                row(Key.DRAIN_TIMEOUT, "0s", ProxyConfig::drainTimeout, Duration.ZERO),
                row(Key.LOGIN_TIMEOUT, "500ms", ProxyConfig::loginTimeout, Duration.ofMillis(500)),
                row(Key.MAX_CONNECTIONS, "50", ProxyConfig::maxConnections, 50),
                row(Key.MAX_CONNECTIONS_PER_ADDRESS, "7", ProxyConfig::maxConnectionsPerAddress, 7),
                row(Key.MAX_LOGINS_PER_ADDRESS, "8", ProxyConfig::maxLoginsPerAddress, 8),
                row(Key.LOCK_TIMEOUT, "1 h", ProxyConfig::lockTimeout, Duration.ofHours(1)),
                row(Key.ALLOW_TRUST, "true", ProxyConfig::allowTrust, true),
                row(Key.INTERCEPTION, "off", ProxyConfig::interception, false),
                row(Key.OPERATION_THREADS, "3", ProxyConfig::operationThreads, 3),
                row(Key.LOG_LEVEL, "debug", ProxyConfig::logLevel, LogLevel.DEBUG),
                row(Key.LOG_FORMAT, "json", ProxyConfig::logFormat, LogFormat.JSON));
    }

    private static InetSocketAddress address(int port, int... bytes) {
        byte[] address = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            address[i] = (byte) bytes[i];
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException failure) {
            throw new IllegalArgumentException(failure);
        }
    }

    private static Arguments row(Key key, String value, Function<ProxyConfig, ?> field, Object expected) {
        return Arguments.of(key, value, field, expected);
    }

    @ParameterizedTest
    @MethodSource("valuesByKey")
    void aKeyIsReadFromTheFile(Key key, String value, Function<ProxyConfig, ?> field, Object expected)
            throws IOException {
        String backend = key == Key.BACKEND ? "" : "\nbackend: " + BACKEND;
        Path file = yaml("# comment\n" + key.key() + ": \"" + value + '"' + backend);
        assertThat(field.apply(load(Map.of(), file))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("valuesByKey")
    void aKeyIsReadFromTheEnvironment(Key key, String value, Function<ProxyConfig, ?> field, Object expected) {
        variables.put(Key.BACKEND.variable(), BACKEND);
        variables.put(key.variable(), value);
        assertThat(field.apply(load(Map.of(), null))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("valuesByKey")
    void aKeyIsReadFromItsFlag(Key key, String value, Function<ProxyConfig, ?> field, Object expected) {
        Map<Key, String> flags = new HashMap<>(Map.of(Key.BACKEND, BACKEND));
        flags.put(key, value);
        assertThat(field.apply(load(flags, null))).isEqualTo(expected);
    }

    @Test
    void aFlagWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
        Path file = yaml("backend: " + BACKEND + "\ncontrol_database: of_file\nlock_timeout: 1s\ndrain_timeout: 1s\n");
        variables.put("PGCLONEDB_CONTROL_DATABASE", "of_environment");
        variables.put("PGCLONEDB_LOCK_TIMEOUT", "2s");
        ProxyConfig config = load(Map.of(Key.CONTROL_DATABASE, "of_flag"), file);
        assertThat(config.controlDatabase()).isEqualTo("of_flag");
        assertThat(config.lockTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.drainTimeout()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void plainYamlScalarsAreReadAsTheyAreWritten() throws IOException {
        Path file = yaml("backend: " + BACKEND + "\ninterception: off\nallow_trust: true\nmax_connections: 20\n");
        ProxyConfig config = load(Map.of(), file);
        assertThat(config.interception()).isFalse();
        assertThat(config.allowTrust()).isTrue();
        assertThat(config.maxConnections()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "---\n"})
    void anEmptyFileSetsNothing(String content) throws IOException {
        assertThat(load(Map.of(Key.BACKEND, BACKEND), yaml(content)))
                .isEqualTo(load(Map.of(Key.BACKEND, BACKEND), null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drain_timeout: soon | :2: drain_timeout: \"soon\" is not a time; write a number and one of us, ms, s, min, h, d, such as 30s",
                "drain_timeout: 60 | :2: drain_timeout: \"60\" is not a time",
                "lock_timeout: 0s | :2: lock_timeout: \"0s\" is too short a time",
                "login_timeout: 366d | :2: login_timeout: \"366d\" is too long a time",
                "volume_size: big | :2: volume_size: \"big\" is not a size; write a number and one of B, kB, MB, GB, TB, such as 10GB",
                "volume_size: 99999999999TB | :2: volume_size: \"99999999999TB\" is too large a size",
                "listen: 6432 | :2: listen: \"6432\" is not an address with a port; write host:port, such as 127.0.0.1:6432",
                "listen: 127.0.0.1:port | :2: listen: \"127.0.0.1:port\" has no valid port",
                "listen: 127.0.0.1:65536 | :2: listen: \"127.0.0.1:65536\" has no valid port",
                "max_connections: 0 | :2: max_connections: \"0\" is not a whole number from 1",
                "max_connections: 9999999999 | :2: max_connections: \"9999999999\" is not a whole number from 1",
                "operation_threads: 1001 | :2: operation_threads: \"1001\" is too large",
                "allow_trust: maybe | :2: allow_trust: \"maybe\" is neither on nor off",
                "log_level: loud | :2: log_level: \"loud\" is none of error, warn, info, debug, trace",
                "data_path: /no/such/place | :2: data_path: \"/no/such/place\" is no directory of this machine",
                "control_database: template1 | :2: control_database: \"template1\" is PostgreSQL's own",
                "tls_cert: /etc/cert | :2: tls_cert: TLS with clients is not built into this version yet",
                "tls_key: /etc/key | :2: tls_key: TLS with clients is not built into this version yet",
                "tls_mode: require | :2: tls_mode: \"require\" needs TLS with clients",
                "tls_mode: perhaps | :2: tls_mode: \"perhaps\" is none of disable, allow, require",
                "listne: 127.0.0.1:1 | :2: unknown key \"listne\"; did you mean \"listen\"?",
                "something_else: 1 | :2: unknown key \"something_else\"",
                "listen: | :2: listen: has no value",
                "listen: [1, 2] | :2: listen: expected one value, not a list or a mapping, such as listen: 127.0.0.1:6432",
                "listen: 'x' 'y' | :2: not valid YAML",
                "backend: postgresql://x@y | :2: backend: already set at"
            })
    void aMistakeInTheFileIsReportedWithKeyFileAndLine(String line, String message) throws IOException {
        Path file = yaml("backend: " + BACKEND + "\n" + line + "\n");
        assertThatThrownBy(() -> load(Map.of(), file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message)
                .message()
                .doesNotContain("secret", "\n");
    }

    @Test
    void whatIsNoMappingOrHasASecondDocumentIsRefused() throws IOException {
        assertThatThrownBy(() -> load(Map.of(), yaml("just words"))).hasMessageContaining(":1: expected lines");
        assertThatThrownBy(() -> load(Map.of(), yaml("listen: 127.0.0.1:1\n---\nlisten: 127.0.0.1:2\n")))
                .hasMessageContaining("a second YAML document");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = directory.resolve("missing.yaml");
        assertThatThrownBy(() -> load(Map.of(), missing))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(missing + ": no such file; give an existing one with --config");
        assertThatThrownBy(() -> load(Map.of(), directory)).hasMessageContaining("cannot be read");
    }

    @Test
    void aMissingBackendIsNamedWithTheThreePlacesItMayStand() throws IOException {
        Path file = yaml("listen: 127.0.0.1:1\n");
        assertThatThrownBy(() -> load(Map.of(), file))
                .hasMessageContainingAll(file.toString(), "backend", "--backend", "PGCLONEDB_BACKEND", "postgresql://");
    }

    @Test
    void anUnknownVariableIsAnError() {
        variables.put("PGCLONEDB_LISTN", "127.0.0.1:1");
        assertThatThrownBy(() -> load(Map.of(Key.BACKEND, BACKEND), null))
                .hasMessage("unknown environment variable PGCLONEDB_LISTN; did you mean \"PGCLONEDB_LISTEN\"?");
    }

    @Test
    void theVariablesOfKubernetesAndOfOthersAreLeftAlone() {
        variables.put("PGCLONEDB_PORT", "tcp://10.0.0.1:6432");
        variables.put("PGCLONEDB_PORT_6432_TCP_ADDR", "10.0.0.1");
        variables.put("PGCLONEDB_SERVICE_HOST", "10.0.0.1");
        variables.put("PGCLONEDB_SERVICE_PORT_POSTGRES", "6432");
        variables.put("PATH", "/bin");
        assertThat(load(Map.of(Key.BACKEND, BACKEND), null).listen().getPort()).isEqualTo(6432);
    }

    @Test
    void anErrorInAVariableOrAFlagNamesIt() {
        variables.put("PGCLONEDB_LOCK_TIMEOUT", "soon");
        assertThatThrownBy(() -> load(Map.of(Key.BACKEND, BACKEND), null))
                .hasMessageStartingWith(
                        "environment variable PGCLONEDB_LOCK_TIMEOUT: lock_timeout: \"soon\" is not a time");
        variables.put("PGCLONEDB_LOCK_TIMEOUT", "");
        assertThatThrownBy(() -> load(Map.of(Key.BACKEND, BACKEND), null)).hasMessageContaining("has no value");
        variables.clear();
        assertThatThrownBy(() -> load(Map.of(Key.BACKEND, BACKEND, Key.LISTEN, "x"), null))
                .hasMessageStartingWith("option --listen: listen: \"x\" is not an address");
        assertThatThrownBy(() -> load(Map.of(Key.BACKEND, ""), null))
                .hasMessage("option --backend: backend: has no value");
    }

    @Test
    void theBackendMayStandInAFileOfItsOwn() throws IOException {
        Path secret = Files.writeString(directory.resolve("backend"), BACKEND + "\r\n");
        variables.put("PGCLONEDB_BACKEND_FILE", secret.toString());
        assertThat(load(Map.of(), null).backend().password()).isEqualTo("secret");
        variables.put("PGCLONEDB_BACKEND", BACKEND);
        assertThatThrownBy(() -> load(Map.of(), null)).hasMessageContaining("both set");
        variables.remove("PGCLONEDB_BACKEND");
        variables.put("PGCLONEDB_BACKEND_FILE", "/no/such/file");
        assertThatThrownBy(() -> load(Map.of(), null))
                .hasMessageContaining("PGCLONEDB_BACKEND_FILE: the file \"/no/such/file\" cannot be read");
    }

    @Test
    void onlyASecretMayComeAsAFile() {
        variables.put("PGCLONEDB_LISTEN_FILE", "/etc/hostname");
        assertThatThrownBy(() -> load(Map.of(Key.BACKEND, BACKEND), null))
                .hasMessageContaining("unknown environment variable PGCLONEDB_LISTEN_FILE");
    }

    @Test
    void noPasswordIsShown() {
        assertThat(load(Map.of(Key.BACKEND, BACKEND), null).toString()).doesNotContain("secret");
        assertThat(new Setting(Key.BACKEND, BACKEND, "here").toString()).doesNotContain("secret");
        assertThatThrownBy(() -> load(Map.of(Key.BACKEND, "postgresql://u:secret@h:0/"), null))
                .message()
                .doesNotContain("secret");
    }
}
