package io.pgclonedb.proxy.config;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was written, one value a key, and its reading; a value that cannot be read is reported with key and origin. */
final class Settings {
    private static final int MAX_NAME_BYTES = 63;
    private static final List<String> TAKEN_NAMES = List.of("postgres", "template0", "template1");

    private final Map<Key, Setting> settings = new EnumMap<>(Key.class);

    Settings() {
        for (Key key : Key.values()) {
            String value = key.defaultValue();
            if (value != null) {
                settings.put(key, Setting.ofDefault(key, value));
            }
        }
    }

    /** Overrides what was set before. */
    void putAll(Map<Key, Setting> stronger) {
        settings.putAll(stronger);
    }

    boolean has(Key key) {
        return settings.containsKey(key);
    }

    /** The setting of a key that has one. */
    Setting of(Key key) {
        Setting setting = settings.get(key);
        if (setting == null) {
            throw new IllegalStateException(key + " is neither set nor has it a default");
        }
        return setting;
    }

    InetSocketAddress address(Key key) {
        return read(key, Values::address);
    }

    BackendConfig backend() {
        return read(Key.BACKEND, BackendUri::parse);
    }

    /**
     * @param shortest what is shorter is refused
     */
    Duration time(Key key, Duration shortest) {
        return read(key, text -> {
            Duration time = Values.time(text);
            if (time.compareTo(shortest) < 0) {
                throw new InvalidValueException("is too short a time; the shortest is " + shortest.toMillis() + "ms");
            }
            return time;
        });
    }

    /** Zero when not set. */
    long size(Key key) {
        return has(key) ? read(key, Values::size) : 0;
    }

    /** Zero when not set. */
    int count(Key key) {
        return has(key) ? read(key, Values::count) : 0;
    }

    int count(Key key, int most) {
        return read(key, text -> {
            int count = Values.count(text);
            if (count > most) {
                throw new InvalidValueException("is too large; the most is " + most);
            }
            return count;
        });
    }

    boolean onOff(Key key) {
        return read(key, Values::onOff);
    }

    @Nullable
    Path directory(Key key) {
        return has(key) ? read(key, Settings::existingDirectory) : null;
    }

    private static Path existingDirectory(String text) {
        try {
            Path path = Path.of(text);
            if (Files.isDirectory(path)) {
                return path;
            }
        } catch (InvalidPathException notEvenAPath) {
            // Refused below like any other.
        }
        throw new InvalidValueException("is no directory of this machine; name one, such as /var/lib/postgresql/data");
    }

    /** The name of a database that the proxy may have for itself. */
    String ownDatabase(Key key) {
        return read(key, text -> {
            if (text.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES || text.indexOf('\0') >= 0) {
                throw new InvalidValueException("is no database name; it may have " + MAX_NAME_BYTES + " bytes");
            }
            if (TAKEN_NAMES.contains(text)) {
                throw new InvalidValueException("is PostgreSQL's own; choose another name, such as pgclonedb");
            }
            return text;
        });
    }

    String choice(Key key) {
        return read(key, text -> {
            String word = text.toLowerCase(Locale.ROOT);
            if (!key.choices().contains(word)) {
                throw new InvalidValueException("is none of " + String.join(", ", key.choices()));
            }
            return word;
        });
    }

    private <T> T read(Key key, Function<String, T> reader) {
        Setting setting = of(key);
        try {
            return reader.apply(setting.value());
        } catch (InvalidValueException failure) {
            throw setting.wrong(setting.shown() + " " + failure.reason());
        }
    }
}
