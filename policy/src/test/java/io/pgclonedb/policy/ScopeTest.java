package io.pgclonedb.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"myapp", "myapp_", "myapp_dev", "myapp_v2", "myapp__", "myapp_dev ", "myapp_DEV", "myapp_\u00e4"
            })
    void holdsTheNameAndWhatFollowsAnUnderscore(String database) {
        assertThat(scope("myapp", "myapp").contains(database)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "my",
                "myap",
                "myapp2",
                "myappdev",
                "MYAPP",
                "MYAPP_dev",
                "MyApp_dev",
                " myapp",
                "myapp ",
                "myapp dev",
                "myapp\n_dev",
                "xmyapp_dev",
                "other_db",
                "myapp-dev",
                "myapp\uff3fdev",
                "\u043cyapp_dev",
                "m\u200byapp_dev",
                "myap\u0440_dev"
            })
    void holdsNothingThatOnlyLooksLikeIt(String database) {
        assertThat(scope("myapp", "myapp").contains(database)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"my_app_dev, true", "myXapp_dev, false", "my%, false", "my_app, true", "myapp, false"})
    void takesTheUnderscoreForALetter(String database, boolean inScope) {
        assertThat(scope("my_app", "my_app").contains(database)).isEqualTo(inScope);
    }

    @ParameterizedTest
    @CsvSource({
        "my, my, true",
        "my, my_dev, true",
        "my, my_app, false",
        "my, my_app_dev, false",
        "my, my_apple, true",
        "my, my_app2_dev, true",
        "my_app, my, false",
        "my_app, my_dev, false",
        "my_app, my_app, true",
        "my_app, my_app_dev, true",
        "my_app, my_app_x_dev, false",
        "my_app_x, my_app_x_dev, true",
        "my_app_x, my_app_dev, false"
    })
    void leavesADatabaseToTheLongestMatchingApplication(String application, String database, boolean inScope) {
        assertThat(scope(application, "my", "my_app", "my_app_x").contains(database))
                .isEqualTo(inScope);
    }

    @Test
    void countsOnboardedApplicationsOnly() {
        assertThat(scope("my", "my").contains("my_app_dev")).isTrue();
        ClusterFacts facts = new ClusterFacts("proxy", "pgclonedb", Set.of("my_app", "_db_admin", "my_app_db_admin2"));
        assertThat(Scope.of("my", facts).contains("my_app_dev")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "template0", "template1", "pgclonedb"})
    void neverHoldsAProtectedDatabase(String database) {
        assertThat(scope(database, database).contains(database)).isFalse();
        assertThat(scope(database, database).contains(database + "_dev")).isTrue();
    }

    @Test
    void neverHoldsTheControlDatabaseUnderWhateverName() {
        ClusterFacts facts = new ClusterFacts("proxy", "myapp_control", Set.of("myapp_db_admin"));
        assertThat(Scope.of("myapp", facts).contains("myapp_control")).isFalse();
    }

    private static Scope scope(String application, String... onboarded) {
        return Scope.of(application, Given.cluster(onboarded));
    }
}
