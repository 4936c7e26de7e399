package io.pgclonedb.proxy.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * libpq's password file, lines of {@code hostname:port:database:username:password} (PostgreSQL documentation, "The Password
 * File").
 */
final class PasswordFile {
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path path;

    PasswordFile(Path path) {
        this.path = path;
    }

    /** The password of the first line that matches; nothing when there is no such file. */
    Optional<String> find(String host, int port, String database, String user) {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            refuseWhatOthersMayRead();
            List<String> wanted = List.of(host, Integer.toString(port), database, user);
            return Files.readAllLines(path).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(PasswordFile::fields)
                    .filter(fields -> matches(fields, wanted))
                    .map(fields -> fields.get(4))
                    .findFirst();
        } catch (IOException failure) {
            throw new ConfigurationException("password file \"" + path + "\" cannot be read ("
                    + failure.getClass().getSimpleName() + "); it must be text that this user may read");
        }
    }

    private void refuseWhatOthersMayRead() throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new ConfigurationException("password file \"" + path + "\" is not a plain file");
        }
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix && !OWNER.containsAll(Files.getPosixFilePermissions(path))) {
            throw new ConfigurationException("password file \"" + path
                    + "\" has group or world access; permissions should be u=rw (0600) or less: chmod 600 it");
        }
    }

    private static boolean matches(List<String> fields, List<String> wanted) {
        if (fields.size() < 5) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!fields.get(i).equals("*") && !fields.get(i).equals(wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Splits at colons; a backslash keeps the colon or backslash behind it. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (character == '\\' && i + 1 < line.length()) {
                i++;
                field.append(line.charAt(i));
            } else if (character == ':') {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(character);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
