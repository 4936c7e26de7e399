package io.pgclonedb.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationTest {
    @ParameterizedTest
    @ValueSource(strings = {"myapp", "my_app", "MyApp", "my-app", "größe", "a"})
    void itsAdminIsNamedAfterIt(String name) {
        assertThat(Application.named(name, "pgclonedb").role()).isEqualTo(name + "_db_admin");
        assertThat(Application.ofRole(name + "_db_admin").name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | must not be empty",
                "' ' | must not be empty",
                "'myapp ' | blanks around it",
                "myapp_db_admin | give the application's: myapp",
                "pg_app | begin with pg_",
                "postgres | no application may own",
                "template1 | no application may own",
                "pgclonedb | no application may own"
            })
    void aNameThatCannotBeServedIsRefused(String name, String reason) {
        assertThatThrownBy(() -> Application.named(name, "pgclonedb"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void theRoleMustFitIntoAName() {
        assertThat(Application.named("x".repeat(54), "pgclonedb").role()).hasSize(63);
        assertThatThrownBy(() -> Application.named("x".repeat(55), "pgclonedb"))
                .hasMessageContaining("allows 54 bytes");
        assertThatThrownBy(() -> Application.named("ü".repeat(28), "pgclonedb"))
                .hasMessageContaining("allows 54 bytes");
    }

    @Test
    void controlCharactersAreRefused() {
        assertThatThrownBy(() -> Application.named("my\u0000app", "pgclonedb")).isInstanceOf(CommandException.class);
        assertThatThrownBy(() -> Application.named("my\napp", "pgclonedb")).isInstanceOf(CommandException.class);
    }

    @ParameterizedTest
    @CsvSource({"my,true", "my_app,true", "my_,true", "myapp,false", "MY,false", "other,false"})
    void itCoversItsNameAndWhatBeginsWithIt(String database, boolean covered) {
        assertThat(new Application("my").covers(database)).isEqualTo(covered);
    }
}
