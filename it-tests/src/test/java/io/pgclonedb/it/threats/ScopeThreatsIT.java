package io.pgclonedb.it.threats;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.calls.CallResult;
import io.pgclonedb.it.calls.Calls;
import io.pgclonedb.it.calls.TestCluster;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An application admin reaches for what is not its application's, or for what a name could be bent into. */
class ScopeThreatsIT {
    private static final List<String> ON_A_DATABASE = List.of(
            "create_database", "open_database", "close_database", "drop_database", "create_schema", "drop_schema");

    private TestCluster cluster;
    private Calls.Session attacker;

    @BeforeEach
    void twoApplications() throws SQLException {
        cluster = new TestCluster();
        attacker = cluster.login();
    }

    @AfterEach
    void remove() throws Exception {
        cluster.close();
    }

    private CallResult on(String database, String function) throws Exception {
        Map<String, Object> arguments = new HashMap<>(Map.of("dbname", database));
        if (function.endsWith("_schema")) {
            arguments.put("schema_name", "s");
        }
        if (function.equals("create_database")) {
            arguments.put("template", "template1");
        }
        return cluster.calls().call(attacker, function, arguments);
    }

    private String databases() throws SQLException {
        return cluster.ask("SELECT datname || datallowconn || datistemplate FROM pg_database ORDER BY 1");
    }

    private void assertOutOfScope(String database) throws Exception {
        String before = databases();
        for (String function : ON_A_DATABASE) {
            CallResult result = on(database, function);
            assertThat(result.sqlState()).as("%s %s", function, result).isEqualTo("42501");
            assertThat(result.message())
                    .isEqualTo("database \"" + database + "\" is out of scope for role \"" + cluster.admin() + "\"");
            assertThat(result.hint()).contains(cluster.app() + "_");
        }
        assertThat(databases()).isEqualTo(before);
    }

    @Test
    void reachesForANameThatALikePatternWouldMatch() throws Exception {
        assertOutOfScope(cluster.app() + "Xdev");
        assertOutOfScope(cluster.app() + "dev");
        assertOutOfScope("%");
    }

    @Test
    void reachesForANameInAnotherLetterCase() throws Exception {
        assertOutOfScope(cluster.name("dev").toUpperCase(Locale.ROOT));
    }

    @Test
    void reachesForANameThatTrimmingWouldMatch() throws Exception {
        assertOutOfScope(" " + cluster.name("dev"));
        assertOutOfScope(cluster.app() + " ");
        assertOutOfScope("\"" + cluster.name("dev") + "\"");
    }

    @Test
    void reachesForANameThatLooksAlike() throws Exception {
        // Cyrillic a, a full-width underscore, a zero-width space.
        assertOutOfScope(cluster.name("dev").replace('a', '\u0430'));
        assertOutOfScope(cluster.app() + "\uff3fdev");
        assertOutOfScope("\u200b" + cluster.name("dev"));
    }

    @Test
    void reachesForAnotherApplicationsDatabase() throws Exception {
        String foreign = cluster.otherApp() + "_dev";
        cluster.execute("CREATE DATABASE " + foreign);

        assertOutOfScope(foreign);
        assertThat(cluster.calls()
                        .call(attacker, "create_database", Map.of("dbname", cluster.name("copy"), "template", foreign))
                        .sqlState())
                .isEqualTo("42501");
    }

    @Test
    void reachesForTheDatabasesOfAnApplicationWithALongerName() throws Exception {
        cluster.onboard(cluster.name("sub"));

        assertOutOfScope(cluster.name("sub"));
        assertOutOfScope(cluster.name("sub_dev"));

        String own = cluster.name("subway");
        on(own, "create_database").answered();
    }

    @Test
    void learnsFromTheErrorWhetherADatabaseExists() throws Exception {
        String there = cluster.otherApp() + "_there";
        String none = cluster.otherApp() + "_no_it";
        cluster.execute("CREATE DATABASE " + there);

        for (String function : ON_A_DATABASE) {
            CallResult one = on(there, function);
            CallResult other = on(none, function);
            assertThat(one.everything().replace(there, "?"))
                    .isEqualTo(other.everything().replace(none, "?"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"create_database", "create_schema", "create_role"})
    void bringsTwoLongNamesThatAreCutToTheSameOne(String function) throws Exception {
        String base = cluster.name("x".repeat(63 - cluster.app().length() - 1));
        for (String longName : new String[] {base + "a", base + "b", base.substring(1) + "\u00fc"}) {
            Map<String, Object> arguments = new HashMap<>();
            switch (function) {
                case "create_database" -> arguments.putAll(Map.of("dbname", longName, "template", "template1"));
                case "create_schema" ->
                    arguments.putAll(Map.of("dbname", cluster.name("dev"), "schema_name", longName));
                default -> arguments.put("rolename", longName);
            }
            assertThat(cluster.calls().call(attacker, function, arguments).sqlState())
                    .isEqualTo("42622");
        }
        assertThat(cluster.ask("SELECT count(*) FROM pg_roles WHERE rolname = '" + base + "'"))
                .isEqualTo("0");
    }

    @Test
    void bringsANameThatIsCutInTheEncodingOfTheDatabase() throws Exception {
        String database = cluster.name("jp");
        cluster.execute(
                "CREATE DATABASE " + database + " TEMPLATE template0 ENCODING 'EUC_JP' LC_COLLATE 'C' LC_CTYPE 'C'");

        // Two bytes in UTF-8, three in EUC_JP.
        for (String last : new String[] {"a", "b"}) {
            CallResult result = cluster.calls()
                    .call(
                            attacker,
                            "create_schema",
                            Map.of("dbname", database, "schema_name", "\u00e4".repeat(22) + last));
            assertThat(result.sqlState()).as("%s", result).isEqualTo("42622");
        }
        assertThat(cluster.askIn(database, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE '\u00e4%'"))
                .isEqualTo("0");
    }

    static Stream<String> odd() {
        return Stream.of(
                "\"; DROP DATABASE postgres; --",
                "'; DROP ROLE postgres; --",
                "$$; SELECT 1; $$",
                "\\",
                "a\nb",
                "a\0b",
                "\0",
                "\ud800",
                "\udc00\ud800",
                "",
                " ",
                "%s %I %L %1$I",
                "{d '2020-01-01'}",
                "?",
                "$1",
                "x?options=-c%20role=none");
    }

    @ParameterizedTest
    @MethodSource("odd")
    void bringsAnOddStringInEveryArgument(String odd) throws Exception {
        String database = cluster.name("dev");
        cluster.execute("CREATE DATABASE " + database + " OWNER " + cluster.admin());
        String before = databases();
        String superusers = cluster.ask("SELECT rolname FROM pg_roles WHERE rolsuper ORDER BY 1");
        String ordinary = cluster.name("r");
        cluster.execute("CREATE ROLE " + ordinary);

        Map<String, List<Map<String, Object>>> calls = Map.of(
                "create_database",
                List.of(
                        Map.of("dbname", odd, "template", database),
                        Map.of("dbname", cluster.name("a"), "template", odd),
                        Map.of("dbname", cluster.name("b"), "template", database, "owner", odd),
                        Map.of("dbname", cluster.name("c"), "template", "template0", "encoding", odd),
                        Map.of("dbname", cluster.name("d"), "template", "template0", "lc_collate", odd),
                        Map.of("dbname", cluster.name("e"), "template", "template0", "lc_ctype", odd)),
                "open_database",
                List.of(Map.of("dbname", odd)),
                "close_database",
                List.of(Map.of("dbname", odd)),
                "drop_database",
                List.of(Map.of("dbname", odd)),
                "create_schema",
                List.of(
                        Map.of("dbname", odd, "schema_name", "s"),
                        Map.of("dbname", database, "schema_name", "s", "owner", odd)),
                "drop_schema",
                List.of(Map.of("dbname", odd, "schema_name", "s"), Map.of("dbname", database, "schema_name", odd)),
                "create_role",
                List.of(Map.of("rolename", cluster.name("new"), "valid_until", odd)),
                "drop_role",
                List.of(Map.of("rolename", odd)),
                "grant_role",
                List.of(Map.of("rolename", odd, "member", ordinary), Map.of("rolename", ordinary, "member", odd)),
                "revoke_role",
                List.of(Map.of("rolename", odd, "member", ordinary), Map.of("rolename", ordinary, "member", odd)));
        for (var function : calls.entrySet()) {
            for (Map<String, Object> arguments : function.getValue()) {
                CallResult result = cluster.calls().call(attacker, function.getKey(), arguments);
                // An empty or blank encoding or locale may mean the template's own, and is then the only success.
                if (result.answer() == null) {
                    assertThat(result.sqlState())
                            .as("%s %s", function.getKey(), result)
                            .isNotEqualTo("XX000");
                } else {
                    assertThat(function.getKey() + odd.isBlank()).isEqualTo("create_databasetrue");
                }
                assertThat(cluster.lastAudit()).contains(function.getKey());
            }
        }

        assertThat(cluster.ask("SELECT rolname FROM pg_roles WHERE rolsuper ORDER BY 1"))
                .isEqualTo(superusers);
        assertThat(databases()).contains(before.lines().toList());
    }

    @Test
    void givesADatabaseOrASchemaToARoleThatIsNotItsOwn() throws Exception {
        String database = cluster.name("dev");
        cluster.execute("CREATE DATABASE " + database + " OWNER " + cluster.admin());
        for (String owner : List.of(
                "postgres",
                cluster.otherApp() + "_db_admin",
                "pg_read_server_files",
                "pgclonedb_user",
                "pg_database_owner")) {
            CallResult copy = cluster.calls()
                    .call(
                            attacker,
                            "create_database",
                            Map.of("dbname", cluster.name("copy"), "template", database, "owner", owner));
            CallResult schema = cluster.calls()
                    .call(attacker, "create_schema", Map.of("dbname", database, "schema_name", "s", "owner", owner));

            assertThat(copy.sqlState()).as(owner).isEqualTo("42501");
            assertThat(schema.sqlState()).as(owner).isEqualTo("42501");
            assertThat(schema.hint()).isNotEmpty();
        }
        assertThat(cluster.askIn(database, "SELECT count(*) FROM pg_namespace WHERE nspname = 's'"))
                .isEqualTo("0");
    }
}
