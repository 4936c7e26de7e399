package io.pgclonedb.proxy.config;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The environment variables of the proxy. */
final class Environment {
    private static final String FILE_SUFFIX = "_FILE";

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = new TreeMap<>(variables);
    }

    Map<Key, Setting> read() {
        Map<Key, Setting> settings = new EnumMap<>(Key.class);
        variables.forEach((name, value) -> {
            if (name.startsWith(Key.PREFIX) && !setByKubernetes(name)) {
                Setting setting = setting(name, value);
                Setting other = settings.putIfAbsent(setting.key(), setting);
                if (other != null) {
                    throw new ConfigurationException("environment variables "
                            + setting.key().variable() + " and " + name + " are both set; keep one of them");
                }
            }
        });
        return settings;
    }

    /** For a service called pgclonedb Kubernetes sets PGCLONEDB_SERVICE_HOST, PGCLONEDB_PORT and more of these families. */
    private static boolean setByKubernetes(String name) {
        return name.startsWith(Key.PREFIX + "PORT") || name.startsWith(Key.PREFIX + "SERVICE_");
    }

    private static Setting setting(String name, String value) {
        String origin = "environment variable " + name;
        Optional<Key> key = Key.ofVariable(name);
        if (key.isPresent()) {
            return notEmpty(new Setting(key.get(), value, origin));
        }
        Optional<Key> secret = Stream.of(Key.values())
                .filter(Key::secret)
                .filter(candidate -> name.equals(candidate.variable() + FILE_SUFFIX))
                .findFirst();
        if (secret.isPresent()) {
            return notEmpty(new Setting(secret.get(), SecretFile.read(origin, value), origin));
        }
        throw new ConfigurationException("unknown environment variable " + name
                + Nearest.suggestion(
                        name, Stream.of(Key.values()).map(Key::variable).toList()));
    }

    private static Setting notEmpty(Setting setting) {
        if (setting.value().isBlank()) {
            throw setting.wrong("has no value; unset the variable or give it one");
        }
        return setting;
    }
}
