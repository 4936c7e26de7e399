package io.pgclonedb.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    @TempDir
    Path home;

    private final Map<String, String> variables = new HashMap<>();

    private String password(String ofUri) {
        BackendConfig backend = new BackendConfig("db", 5432, "postgres", ofUri, "postgres");
        return new Passwords(variables, home).complete(backend).password();
    }

    private Path passwordFile(String name, String content, String permissions) throws IOException {
        Path file = Files.writeString(home.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void thePasswordOfTheUriComesFirst() {
        variables.put("PGPASSWORD", "of environment");
        assertThat(password("of uri")).isEqualTo("of uri");
    }

    @Test
    void thenTheEnvironmentThenItsFileThenThePasswordFile() throws IOException {
        passwordFile(".pgpass", "*:*:*:*:of pgpass\n", "rw-------");
        assertThat(password("")).isEqualTo("of pgpass");
        variables.put(
                "PGPASSWORD_FILE",
                Files.writeString(home.resolve("secret"), "of file\n").toString());
        assertThat(password("")).isEqualTo("of file");
        variables.put("PGPASSWORD", "of environment");
        assertThatThrownBy(() -> password("")).hasMessageContaining("both set");
        variables.remove("PGPASSWORD_FILE");
        assertThat(password("")).isEqualTo("of environment");
    }

    @Test
    void withoutAnyItIsEmpty() {
        assertThat(password("")).isEmpty();
    }

    @Test
    void anotherPasswordFileMayBeNamed() throws IOException {
        variables.put(
                "PGPASSFILE",
                passwordFile("mine", "db:5432:*:postgres:named\n", "rw-------").toString());
        assertThat(password("")).isEqualTo("named");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "db:5432:postgres:postgres:pw | pw",
                "*:*:*:*:pw | pw",
                "db:5432:*:postgres:p\\:w\\\\x | p:w\\x",
                "other:5432:*:*:pw | ''",
                "db:5433:*:*:pw | ''",
                "db:5432:other:*:pw | ''",
                "db:5432:*:other:pw | ''",
                "#db:5432:*:*:pw | ''",
                "db:5432:*:postgres | ''"
            })
    void aLineMatchesFieldByField(String line, String expected) throws IOException {
        passwordFile(".pgpass", line + "\n", "rw-------");
        assertThat(password("")).isEqualTo(expected);
    }

    @Test
    void theFirstMatchWins() throws IOException {
        passwordFile(".pgpass", "other:*:*:*:a\ndb:*:*:*:b\n*:*:*:*:c\n", "rw-------");
        assertThat(password("")).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void aPasswordFileThatOthersMayReadIsRefused(String permissions) throws IOException {
        passwordFile(".pgpass", "*:*:*:*:pw\n", permissions);
        assertThatThrownBy(() -> password(""))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has group or world access");
    }

    @Test
    void aDirectoryIsNoPasswordFile() throws IOException {
        Files.createDirectory(home.resolve(".pgpass"));
        assertThatThrownBy(() -> password("")).hasMessageContaining("is not a plain file");
    }
}
