package io.pgclonedb.proxy.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file that holds one secret, as container platforms mount them. */
final class SecretFile {
    private SecretFile() {}

    /**
     * The content without the line end that editors add.
     *
     * @param origin who named the file, for messages
     */
    static String read(String origin, String path) {
        try {
            String content = Files.readString(Path.of(path));
            if (content.endsWith("\n")) {
                content = content.substring(0, content.length() - 1);
            }
            return content.endsWith("\r") ? content.substring(0, content.length() - 1) : content;
        } catch (IOException | InvalidPathException failure) {
            throw new ConfigurationException(origin + ": the file \"" + path + "\" cannot be read ("
                    + failure.getClass().getSimpleName()
                    + "); it must exist, be text, and this user must be allowed to read it");
        }
    }
}
