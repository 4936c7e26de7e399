package io.pgclonedb.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {
    @ParameterizedTest
    @CsvSource({
        "myapp_db_admin, myapp",
        "my_app_db_admin, my_app",
        "a_db_admin_db_admin, a_db_admin",
        "__db_admin, _",
        "MyApp_db_admin, MyApp"
    })
    void standsForTheApplicationBeforeTheSuffix(String name, String application) {
        assertThat(named(name).application()).contains(application);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"_db_admin", "db_admin", "myapp_DB_ADMIN", "myapp_db_admin ", "myapp-db_admin", "myapp", ""})
    void standsForNoneUnderAnotherName(String name) {
        assertThat(named(name).application()).isEmpty();
    }

    private static Caller named(String name) {
        return new Caller(1, name, false, true, true, true);
    }
}
