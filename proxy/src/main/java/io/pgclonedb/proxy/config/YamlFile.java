package io.pgclonedb.proxy.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A YAML file of one level, key and value, read so that every message can name the line. */
final class YamlFile {
    private final Path path;

    YamlFile(Path path) {
        this.path = path;
    }

    Map<Key, Setting> read() {
        Map<Key, Setting> settings = new EnumMap<>(Key.class);
        try (JsonParser parser = new YAMLFactory().createParser(Files.readString(path))) {
            JsonToken first = parser.nextToken();
            if (first == null || first == JsonToken.VALUE_NULL) {
                return settings;
            }
            if (first != JsonToken.START_OBJECT) {
                throw at(parser, "expected lines of the form \"key: value\"");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                readEntry(parser, settings);
            }
            if (parser.nextToken() != null) {
                throw at(parser, "a second YAML document begins here; write everything into one");
            }
            return settings;
        } catch (JsonProcessingException failure) {
            // What the parser has to say may quote the file, a password included.
            throw new ConfigurationException(path + ":" + failure.getLocation().getLineNr()
                    + ": not valid YAML; check indentation, colons and quotes near this line");
        } catch (NoSuchFileException failure) {
            throw new ConfigurationException(path + ": no such file; give an existing one with --config");
        } catch (IOException failure) {
            throw new ConfigurationException(path + ": cannot be read ("
                    + failure.getClass().getSimpleName() + "); it must be a UTF-8 text file that this user may read");
        }
    }

    private void readEntry(JsonParser parser, Map<Key, Setting> settings) throws IOException {
        String name = parser.currentName();
        String origin = path + ":" + parser.currentTokenLocation().getLineNr();
        Optional<Key> known = Key.ofYaml(name);
        if (known.isEmpty()) {
            throw new ConfigurationException(origin + ": unknown key \"" + name + "\""
                    + Nearest.suggestion(
                            name, Stream.of(Key.values()).map(Key::key).toList()));
        }
        Key key = known.get();
        JsonToken token = parser.nextToken();
        if (token == null || !token.isScalarValue()) {
            throw new Setting(key, "", origin).wrong("expected one value, not a list or a mapping" + example(key));
        }
        String value = token == JsonToken.VALUE_NULL ? "" : parser.getText();
        Setting setting = new Setting(key, value, origin);
        if (value.isBlank()) {
            throw setting.wrong("has no value; remove the line or give it one" + example(key));
        }
        Setting earlier = settings.putIfAbsent(key, setting);
        if (earlier != null) {
            throw setting.wrong("already set at " + earlier.origin() + "; keep one of them");
        }
    }

    private static String example(Key key) {
        String example =
                key.choices().isEmpty() ? key.type().example() : key.choices().get(0);
        return ", such as " + key.key() + ": " + example;
    }

    private ConfigurationException at(JsonParser parser, String reason) {
        return new ConfigurationException(
                path + ":" + parser.currentTokenLocation().getLineNr() + ": " + reason);
    }
}
