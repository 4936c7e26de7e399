package io.pgclonedb.proxy.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the password of the admin role comes from when the URI has none: PGPASSWORD, PGPASSWORD_FILE, then the password file
 * (PGPASSFILE, else ~/.pgpass), as PostgreSQL's own programs do it.
 */
final class Passwords {
    private final Map<String, String> variables;
    private final Path home;

    Passwords(Map<String, String> variables, Path home) {
        this.variables = variables;
        this.home = home;
    }

    /** The same backend with its password; it stays empty when there is none to be found. */
    BackendConfig complete(BackendConfig backend) {
        if (!backend.password().isEmpty()) {
            return backend;
        }
        String password = variables.get("PGPASSWORD");
        String file = variables.get("PGPASSWORD_FILE");
        if (password != null && file != null) {
            throw new ConfigurationException(
                    "environment variables PGPASSWORD and PGPASSWORD_FILE are both set; keep one of them");
        }
        if (password == null && file != null) {
            password = SecretFile.read("environment variable PGPASSWORD_FILE", file);
        }
        if (password == null || password.isEmpty()) {
            password = passwordFile()
                    .find(backend.host(), backend.port(), backend.database(), backend.user())
                    .orElse("");
        }
        return new BackendConfig(backend.host(), backend.port(), backend.user(), password, backend.database());
    }

    private PasswordFile passwordFile() {
        String named = variables.get("PGPASSFILE");
        try {
            return new PasswordFile(named == null || named.isEmpty() ? home.resolve(".pgpass") : Path.of(named));
        } catch (InvalidPathException failure) {
            throw new ConfigurationException("environment variable PGPASSFILE names no path");
        }
    }
}
