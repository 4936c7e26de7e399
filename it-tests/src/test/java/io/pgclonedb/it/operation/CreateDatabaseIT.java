package io.pgclonedb.it.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.pgclonedb.it.calls.CallResult;
import io.pgclonedb.it.calls.PendingCall;
import io.pgclonedb.it.waiting.Eventually;
import io.pgclonedb.proxy.error.PgException;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreateDatabaseIT {
    @RegisterExtension
    private static final OperationServer server = new OperationServer();

    private Caller caller;
    private String template;
    private String clone;

    @BeforeEach
    void makeATemplate() throws SQLException {
        caller = server.caller();
        template = server.database("source");
        clone = server.database("dev");
        server.execute("CREATE DATABASE " + template + " OWNER " + server.admin());
        server.executeIn(template, "CREATE TABLE t AS SELECT 42 AS answer", "GRANT SELECT ON t TO PUBLIC");
    }

    private void closeTemplate() throws SQLException {
        server.execute("ALTER DATABASE " + template + " ALLOW_CONNECTIONS false IS_TEMPLATE true");
    }

    @Test
    void clonesAClosedTemplateAndOpensTheClone() throws Exception {
        closeTemplate();

        String answer = caller.call("create_database", "dbname", clone, "template", template)
                .answered();

        assertThat(answer)
                .matches("database \"" + clone + "\" created from \"" + template
                        + "\" \\(\\d+\\.\\d MB in \\d+\\.\\d s\\)");
        assertThat(server.flags(clone)).isEqualTo("true false -1");
        assertThat(server.flags(template)).isEqualTo("false true -1");
        try (Connection connection = server.connect(clone, server.admin(), OperationServer.PASSWORD);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT answer FROM t")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(42);
        }
        assertThat(server.lastAudit()).isEqualTo("create_database " + clone + " succeeded");
        assertThat(server.askControl("SELECT message FROM control.audit ORDER BY id DESC LIMIT 1"))
                .isEqualTo(answer);
    }

    @Test
    void clonesAnOpenTemplateThatNobodyUses() throws Exception {
        caller.call("create_database", "dbname", clone, "template", template).answered();

        assertThat(server.flags(template)).isEqualTo("true false -1");
        assertThat(server.flags(clone)).isEqualTo("true false -1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "quo\"te", "per'cent %I", "{braces} ? $1", "back\\slash", "ünï", "--x"})
    void takesAnyNameAsItStands(String suffix) throws Exception {
        String name = server.database(suffix);

        caller.call("create_database", "dbname", name, "template", template).answered();

        assertThat(server.flags(name)).isEqualTo("true false -1");
    }

    @Test
    void takesATemplateOfAnyName() throws Exception {
        String odd = server.database("we\"ird 'one'");
        caller.call("create_database", "dbname", odd, "template", template).answered();

        caller.call("create_database", "dbname", clone, "template", odd).answered();

        assertThat(server.flags(clone)).isEqualTo("true false -1");
    }

    @Test
    void keepsTheOwnerOfTheTemplate() throws Exception {
        String app = server.database("app");
        server.execute("CREATE ROLE " + app, "ALTER DATABASE " + template + " OWNER TO " + app);

        caller.call("create_database", "dbname", clone, "template", template).answered();

        assertThat(owner()).isEqualTo(app);
    }

    @Test
    void givesTheCloneTheOwnerThatWasNamed() throws Exception {
        String app = server.database("app");
        server.execute("CREATE ROLE " + app);

        caller.call("create_database", "dbname", clone, "template", template, "owner", app)
                .answered();

        assertThat(owner()).isEqualTo(app);
    }

    @ParameterizedTest
    @ValueSource(strings = {"template0", "template1"})
    void givesACloneOfASystemTemplateToTheCaller(String system) throws Exception {
        caller.call("create_database", "dbname", clone, "template", system).answered();
        assertThat(owner()).isEqualTo(server.admin());

        clone = server.database("by_superuser");
        server.superuser()
                .call("create_database", "dbname", clone, "template", system)
                .answered();
        assertThat(owner()).isEqualTo("postgres");
    }

    private String owner() throws SQLException {
        return server.ask("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = '" + clone + "'");
    }

    @Test
    void takesAnotherEncodingAndLocaleFromTemplate0() throws Exception {
        caller.call(
                        "create_database",
                        "dbname",
                        clone,
                        "template",
                        "template0",
                        "encoding",
                        "LATIN1",
                        "lc_collate",
                        "C",
                        "lc_ctype",
                        "C")
                .answered();

        assertThat(server.ask("SELECT pg_encoding_to_char(encoding) || ' ' || datcollate || ' ' || datctype"
                        + " FROM pg_database WHERE datname = '" + clone + "'"))
                .isEqualTo("LATIN1 C C");
    }

    @Test
    void takesTheTemplatesOwnEncodingFromAnyTemplate() throws Exception {
        String own =
                server.ask("SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = '" + template + "'");

        caller.call(
                        "create_database",
                        "dbname",
                        clone,
                        "template",
                        template,
                        "encoding",
                        own.toLowerCase(java.util.Locale.ROOT))
                .answered();
    }

    @Test
    void refusesAnotherEncodingFromAnyOtherTemplate() throws Exception {
        server.execute("CREATE DATABASE " + server.database("utf8")
                + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C'" + " LC_CTYPE 'C'");

        for (String source : new String[] {server.database("utf8"), "template1"}) {
            CallResult result = caller.call(
                    "create_database",
                    "dbname",
                    clone,
                    "template",
                    source,
                    "encoding",
                    "EUC_KR",
                    "lc_collate",
                    "C",
                    "lc_ctype",
                    "C");

            assertThat(result.sqlState()).isEqualTo("22023");
            assertThat(result.error().hint()).contains("Only template0").contains("template1 cannot");
            assertThat(server.flags(clone)).isEmpty();
        }
        assertThat(server.lastAudit()).isEqualTo("create_database " + clone + " failed 22023");
    }

    @Test
    void passesOnWhatTheServerSaysOfWrongEncodingsAndLocales() throws Exception {
        assertThat(caller.call("create_database", "dbname", clone, "template", "template0", "encoding", "KLINGON")
                        .sqlState())
                .isEqualTo("42704");
        assertThat(caller.call("create_database", "dbname", clone, "template", "template0", "lc_collate", "tlh_QO")
                        .sqlState())
                .isEqualTo("42809");
        assertThat(server.flags(clone)).isEmpty();
    }

    @Test
    void refusesWhatDoesNotExistOrExistsAlready() throws Exception {
        CallResult noTemplate = caller.call("create_database", "dbname", clone, "template", server.database("none"));
        assertThat(noTemplate.sqlState()).isEqualTo("3D000");
        assertThat(noTemplate.error().text())
                .isEqualTo("template database \"" + server.database("none") + "\" does not exist");

        CallResult exists = caller.call("create_database", "dbname", template, "template", template);
        assertThat(exists.sqlState()).isEqualTo("42P04");

        CallResult noOwner =
                caller.call("create_database", "dbname", clone, "template", template, "owner", "nobody_at_all");
        assertThat(noOwner.sqlState()).isEqualTo("42704");
        assertThat(server.lastAudit()).isEqualTo("create_database " + clone + " failed 42704");
    }

    @Test
    void refusesATemplateInUseAndNamesWhoUsesIt() throws Exception {
        Connection user = server.connect(template);
        CallResult result = caller.call("create_database", "dbname", clone, "template", template);

        assertThat(result.sqlState()).isEqualTo("55006");
        assertThat(result.error().detail())
                .contains("pid " + OperationServer.pid(user))
                .contains("role \"postgres\"")
                .contains("application \"PostgreSQL JDBC Driver\"");
        assertThat(result.error().hint()).contains("close_database('" + template + "')");
        assertThat(server.flags(clone)).isEmpty();
    }

    @Test
    void refusesAtOnceWhenTheCallersOwnSessionIsInTheTemplate() throws Exception {
        Caller inside = server.caller(template, server.admin(), OperationServer.PASSWORD);

        CallResult result = inside.call("create_database", "dbname", clone, "template", template);

        assertThat(result.sqlState()).isEqualTo("55006");
        assertThat(result.error().hint()).contains("Connect to another database");
    }

    @Test
    void refusesATemplateWithAPreparedTransaction() throws Exception {
        String gid = server.database("gid");
        server.executeIn(template, "BEGIN; CREATE TABLE p (); PREPARE TRANSACTION '" + gid + "'");

        CallResult result = caller.call("create_database", "dbname", clone, "template", template);

        assertThat(result.sqlState()).isEqualTo("55006");
        assertThat(result.error().detail()).contains("prepared transaction");
        server.executeIn(template, "ROLLBACK PREPARED '" + gid + "'");
    }

    @Test
    void refusesAnInvalidTemplate() throws Exception {
        server.execute("UPDATE pg_database SET datconnlimit = -2 WHERE datname = '" + template + "'");

        PgException error = caller.call("create_database", "dbname", clone, "template", template)
                .failed();

        assertThat(error.sqlState()).isEqualTo("55000");
        assertThat(error.hint()).contains("drop_database('" + template + "')");
    }

    @Test
    void refusesAnUnfinishedCloneAsATemplate() throws Exception {
        server.execute("ALTER DATABASE " + template + " ALLOW_CONNECTIONS false CONNECTION LIMIT 0");

        PgException error = caller.call("create_database", "dbname", clone, "template", template)
                .failed();

        assertThat(error.sqlState()).isEqualTo("55000");
        assertThat(error.text()).contains("unfinished clone");
    }

    @Test
    void choosesTheStrategyBySize() throws Exception {
        assumeThat(server.version()).isGreaterThanOrEqualTo(15);
        server.executeIn(
                template, "CREATE TABLE big AS SELECT repeat('x', 1000) AS filler FROM generate_series(1, 90000)");

        caller.call("create_database", "dbname", clone, "template", template).answered();

        assertThat(server.ask("SELECT pg_database_size('" + clone + "') > 80000000"))
                .isEqualTo("t");
    }

    @Test
    void leavesTheCloneUnreachableUntilItIsComplete() throws Exception {
        server.execute("DROP DATABASE " + template);
        server.template();
        Connection blocker = server.holdBackClones();
        PendingCall call = caller.start("create_database", "dbname", clone, "template", template);
        Eventually.isTrue(() -> server.flags(clone).equals("false false 0"));

        assertThatThrownBy(() -> server.connect(clone)).hasMessageContaining("not currently accepting connections");
        assertThat(server.askControl("SELECT outcome FROM control.audit ORDER BY id DESC LIMIT 1"))
                .isEqualTo("running");

        blocker.rollback();
        call.await().answered();
        assertThat(server.flags(clone)).isEqualTo("true false -1");
    }
}
