package io.pgclonedb.proxy.cli;

import io.pgclonedb.proxy.config.ConfigLoader;
import io.pgclonedb.proxy.config.Key;
import io.pgclonedb.proxy.config.ProxyConfig;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code --config} and one flag for each key of the configuration. */
final class ConfigOptions {
    private static final String CONFIG = "--config";

    private ConfigOptions() {}

    /** Gives a command these options. */
    static void addTo(CommandSpec command) {
        command.addOption(OptionSpec.builder(CONFIG)
                .paramLabel("FILE")
                .type(Path.class)
                .description("the YAML file to read")
                .build());
        for (Key key : Key.values()) {
            command.addOption(OptionSpec.builder(key.flag())
                    .paramLabel(key.choices().isEmpty() ? key.type().placeholder() : String.join("|", key.choices()))
                    .type(String.class)
                    .description(description(key))
                    .build());
        }
    }

    private static String description(Key key) {
        String value = key.defaultValue();
        return value == null ? key.description() : key.description() + " (default: " + value + ")";
    }

    /** The configuration that a command was started with. */
    static ProxyConfig load(CommandSpec command, ConfigLoader loader) {
        var parsed = command.commandLine().getParseResult();
        Map<Key, String> flags = new EnumMap<>(Key.class);
        for (Key key : Key.values()) {
            @Nullable String value = parsed.matchedOptionValue(key.flag(), null);
            if (value != null) {
                flags.put(key, value);
            }
        }
        return loader.load(flags, parsed.matchedOptionValue(CONFIG, null));
    }
}
