package io.pgclonedb.proxy.config;

import io.pgclonedb.proxy.config.ProxyConfig.LogFormat;
import io.pgclonedb.proxy.config.ProxyConfig.LogLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes one configuration of what was written in several places: a flag wins over an environment variable, that over the
 * file, that over the default.
 */
public final class ConfigLoader {
    /** More threads than a server has connections to spare help nobody. */
    private static final int MAX_OPERATION_THREADS = 1000;

    private final Map<String, String> variables;
    private final Path home;

    /**
     * @param variables the environment
     * @param home where {@code .pgpass} is looked for
     */
    public ConfigLoader(Map<String, String> variables, Path home) {
        this.variables = Map.copyOf(variables);
        this.home = home;
    }

    /** A loader for the environment of this process. */
    public static ConfigLoader ofProcess() {
        return new ConfigLoader(System.getenv(), Path.of(System.getProperty("user.home", "/")));
    }

    /**
     * Reads and checks everything. It connects to nothing.
     *
     * @param flags values by key, as given on the command line
     * @param file the YAML file; null for none
     * @throws ConfigurationException for the first thing that is wrong
     */
    public ProxyConfig load(Map<Key, String> flags, @Nullable Path file) {
        Settings settings = new Settings();
        if (file != null) {
            settings.putAll(new YamlFile(file).read());
        }
        settings.putAll(new Environment(variables).read());
        settings.putAll(ofFlags(flags));
        refuseTls(settings);
        if (!settings.has(Key.BACKEND)) {
            throw backendMissing(file);
        }
        return new ProxyConfig(
                settings.address(Key.LISTEN),
                new Passwords(variables, home).complete(settings.backend()),
                settings.address(Key.HTTP_LISTEN),
                settings.ownDatabase(Key.CONTROL_DATABASE),
                settings.directory(Key.DATA_PATH),
                settings.size(Key.VOLUME_SIZE),
                settings.time(Key.DRAIN_TIMEOUT, Duration.ZERO),
                settings.time(Key.LOGIN_TIMEOUT, Duration.ofMillis(1)),
                settings.count(Key.MAX_CONNECTIONS),
                settings.count(Key.MAX_CONNECTIONS_PER_ADDRESS),
                settings.count(Key.MAX_LOGINS_PER_ADDRESS),
                settings.time(Key.LOCK_TIMEOUT, Duration.ofMillis(1)),
                settings.onOff(Key.ALLOW_TRUST),
                settings.onOff(Key.INTERCEPTION),
                settings.count(Key.OPERATION_THREADS, MAX_OPERATION_THREADS),
                LogLevel.valueOf(settings.choice(Key.LOG_LEVEL).toUpperCase(Locale.ROOT)),
                LogFormat.valueOf(settings.choice(Key.LOG_FORMAT).toUpperCase(Locale.ROOT)));
    }

    private static Map<Key, Setting> ofFlags(Map<Key, String> flags) {
        Map<Key, Setting> settings = new EnumMap<>(Key.class);
        flags.forEach((key, value) -> {
            Setting setting = new Setting(key, value, "option " + key.flag());
            if (value.isBlank()) {
                throw setting.wrong("has no value");
            }
            settings.put(key, setting);
        });
        return settings;
    }

    /** The names are fixed already, so that a file written for a later version is refused with the right words. */
    private static void refuseTls(Settings settings) {
        for (Key key : List.of(Key.TLS_CERT, Key.TLS_KEY)) {
            if (settings.has(key)) {
                throw settings.of(key).wrong("TLS with clients is not built into this version yet; remove the setting");
            }
        }
        String mode = settings.choice(Key.TLS_MODE);
        if (!mode.equals(Key.TLS_MODE.defaultValue())) {
            throw settings.of(Key.TLS_MODE)
                    .wrong("\"" + mode + "\" needs TLS with clients, which is not built into this version yet;"
                            + " remove the setting or write disable");
        }
    }

    private static ConfigurationException backendMissing(@Nullable Path file) {
        return new ConfigurationException(
                (file == null ? "" : file + ": ") + "backend: is not set; name the server and its superuser as "
                        + Key.BACKEND.flag() + ", " + Key.BACKEND.variable() + " or \"backend:\" in the file, such as "
                        + Key.BACKEND.type().example());
    }
}
