package io.pgclonedb.proxy.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be configured: the one table from which the keys of the YAML file, the environment variables, the
 * flags and their help come. The names are a public contract.
 */
public enum Key {
    LISTEN(ValueType.ADDRESS, "127.0.0.1:6432", "where clients connect"),
    BACKEND(
            ValueType.CONNECTION_URI,
            null,
            "the PostgreSQL server and the superuser that operations run as; give the password by PGPASSWORD,"
                    + " PGPASSWORD_FILE or ~/.pgpass rather than here"),
    HTTP_LISTEN(ValueType.ADDRESS, "127.0.0.1:9632", "where metrics and health checks are served"),
    TLS_CERT(ValueType.FILE, null, "certificate for clients (not in this version)"),
    TLS_KEY(ValueType.FILE, null, "private key of the certificate (not in this version)"),
    TLS_MODE(List.of("disable", "allow", "require"), "disable", "TLS with clients (only disable in this version)"),
    CONTROL_DATABASE(ValueType.NAME, "pgclonedb", "the database that keeps settings and the audit log"),
    DATA_PATH(
            ValueType.DIRECTORY, null, "a local path on the file system of the server's data, to learn its free space"),
    VOLUME_SIZE(ValueType.SIZE, null, "size of the server's volume, where free space cannot be measured"),
    DRAIN_TIMEOUT(ValueType.TIME, "60s", "how long running operations may take to end at shutdown"),
    LOGIN_TIMEOUT(ValueType.TIME, "30s", "how long a client may take to log in"),
    MAX_CONNECTIONS(
            ValueType.COUNT, null, "client connections at once (default: the server's own less its reserve and ten)"),
    MAX_CONNECTIONS_PER_ADDRESS(ValueType.COUNT, null, "connections of one client address (default: no limit)"),
    MAX_LOGINS_PER_ADDRESS(ValueType.COUNT, "100", "connections of one client address that have not yet logged in"),
    LOCK_TIMEOUT(ValueType.TIME, "30s", "how long an operation waits for a lock"),
    ALLOW_TRUST(ValueType.SWITCH, "false", "let in clients whom the server asks for no password"),
    INTERCEPTION(ValueType.SWITCH, "on", "answer pgclonedb calls; off: pass them on to a real extension"),
    OPERATION_THREADS(ValueType.COUNT, "8", "operations at once"),
    LOG_LEVEL(List.of("error", "warn", "info", "debug", "trace"), "info", "how much is logged"),
    LOG_FORMAT(List.of("text", "json"), "text", "how it is logged");

    /** What every environment variable of the proxy begins with. */
    static final String PREFIX = "PGCLONEDB_";

    private final ValueType type;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> choices;

    private final @Nullable String defaultValue;
    private final String description;

    Key(ValueType type, @Nullable String defaultValue, String description) {
        this.type = type;
        this.choices = List.of();
        this.defaultValue = defaultValue;
        this.description = description;
    }

    Key(List<String> choices, String defaultValue, String description) {
        this.type = ValueType.CHOICE;
        this.choices = choices;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    /** As the YAML file spells it: {@code http_listen}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As the command line spells it: {@code --http-listen}. */
    public String flag() {
        return "--" + key().replace('_', '-');
    }

    /** As the environment spells it: {@code PGCLONEDB_HTTP_LISTEN}. */
    public String variable() {
        return PREFIX + name();
    }

    /** Whether the value may be shown to nobody. */
    public boolean secret() {
        return this == BACKEND;
    }

    public ValueType type() {
        return type;
    }

    /** The words of a {@link ValueType#CHOICE}; else empty. */
    public List<String> choices() {
        return choices;
    }

    /** What holds when nothing is set; null when that is no value but a rule, or when there is none. */
    public @Nullable String defaultValue() {
        return defaultValue;
    }

    /** One line for help texts. */
    public String description() {
        return description;
    }

    /** The key of this spelling in a YAML file. */
    static Optional<Key> ofYaml(String spelling) {
        return Stream.of(values()).filter(key -> key.key().equals(spelling)).findFirst();
    }

    /** The key behind an environment variable. */
    static Optional<Key> ofVariable(String spelling) {
        return Stream.of(values())
                .filter(key -> key.variable().equals(spelling))
                .findFirst();
    }
}
