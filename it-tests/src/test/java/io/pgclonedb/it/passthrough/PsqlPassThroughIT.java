package io.pgclonedb.it.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.proxy.ProxyUnderTest;
import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.server.TestDatabase;
import io.pgclonedb.it.wire.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What psql shows through the proxy is what it shows without. */
class PsqlPassThroughIT {
    private static final String DATABASE = "psql_pass_through";
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static ClientProgram psql;

    @BeforeAll
    static void database() throws SQLException {
        psql = ClientProgram.installed("psql");
        TestDatabase.create(DATABASE);
        TestDatabase.execute(
                DATABASE,
                "CREATE SCHEMA app; CREATE TYPE app.colour AS ENUM ('red', 'blue');"
                        + " CREATE TABLE app.t (id int PRIMARY KEY, c app.colour DEFAULT 'red', n text CHECK (n <> ''));"
                        + " CREATE TABLE app.u (id int REFERENCES app.t, at timestamptz) PARTITION BY RANGE (at);"
                        + " CREATE TABLE app.u_all PARTITION OF app.u DEFAULT; CREATE VIEW app.v AS SELECT id FROM app.t;"
                        + " CREATE SEQUENCE app.s; CREATE INDEX ON app.t (lower(n)); GRANT SELECT ON app.t TO PUBLIC;"
                        + " CREATE FUNCTION app.f(a int) RETURNS int LANGUAGE sql AS 'SELECT a + 1';"
                        + " COMMENT ON TABLE app.t IS 'Things'; INSERT INTO app.t VALUES (1, 'blue', 'one')");
    }

    @AfterAll
    static void dropDatabase() throws SQLException {
        new TestDatabase(DATABASE).close();
    }

    private static void assertSame(String input, String... arguments) {
        ClientProgram.Output direct = psql.run(SERVER.endpoint(), DATABASE, input, arguments);
        ClientProgram.Output proxied = psql.run(proxy(), DATABASE, input, arguments);
        assertThat(withoutPid(proxied)).isEqualTo(withoutPid(direct));
    }

    private static ClientProgram.Output withoutPid(ClientProgram.Output output) {
        return new ClientProgram.Output(
                output.exitCode(), output.out().replaceAll("PID [0-9]+", "PID <pid>"), output.errors());
    }

    private static Endpoint proxy() {
        return ProxyUnderTest.shared().endpoint();
    }

    @Test
    void describesObjects() {
        assertSame("""
                \\d
                \\d app.*
                \\d+ app.t
                \\dt *.*
                \\dt+ app.*
                \\di app.*
                \\dv app.*
                \\ds app.*
                \\df app.*
                \\df+ app.*
                \\sf app.f
                \\sv app.v
                \\dT+ app.*
                \\dn+
                \\dp app.*
                \\du
                \\dx
                \\dP app.*
                \\dd
                \\dA
                \\db
                \\dc
                \\dC
                \\dD
                \\ddp
                \\dE
                \\des
                \\dF
                \\dg
                \\dL
                \\do
                \\dO
                \\drds
                \\dRp
                \\dy
                \\z app.*
                \\l
                \\encoding
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 AS a, 'ä' AS b \\gx\n",
                "SELECT 1 AS a, 2::numeric(5, 2) AS b \\gdesc\n",
                "SELECT 5 AS five \\gset\nSELECT :five;\n",
                "SELECT 'SELECT 1;', 'SELECT 2;' \\gexec\n",
                "SELECT * FROM (VALUES ('a', 'x', 1), ('b', 'y', 2)) v \\crosstabview\n",
                "\\set ON_ERROR_ROLLBACK on\nBEGIN;\nSELECT 1/0;\nSELECT 'still here';\nCOMMIT;\n",
                "\\set AUTOCOMMIT off\nSELECT 1;\nSELECT 1/0;\nSELECT 2;\nROLLBACK;\nSELECT 3;\n",
                "\\set FETCH_COUNT 3\nSELECT generate_series(1, 10);\n",
                "SELECT 1\\; SELECT 1/0\\; SELECT 2;\nSELECT 3;\n",
                "SELEC 1;\n\\errverbose\nSELECT no_such_column\n  FROM app.t;\n",
                "\\x auto\nTABLE app.t;\nLISTEN c;\nNOTIFY c;\nSHOW TimeZone;\n",
                "PREPARE p AS SELECT $1::int + 1;\nEXECUTE p(41);\nDEALLOCATE p;\n"
            })
    void runsScripts(String script) {
        assertSame(script, "--no-psqlrc", "--echo-all");
    }

    @Test
    void copiesFilesBothWays(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("rows.txt");
        Files.writeString(file, "10\tred\tten\n11\tblue\televen\n");
        assertSame("BEGIN;\n\\copy app.t from '" + file + "'\n\\copy app.t to stdout csv header\nROLLBACK;\n");
        assertSame("""
                COPY app.t TO STDOUT;
                BEGIN;
                COPY app.t FROM STDIN;
                12\tred\ttwelve
                \\.
                SELECT count(*) FROM app.t;
                ROLLBACK;
                """);
    }

    @Test
    void connectsElsewhereFromWithin() {
        ClientProgram.Output output =
                psql.run(proxy(), DATABASE, "\\c postgres\nSELECT current_database();\n", "--tuples-only", "--quiet");
        assertThat(output.out().strip()).isEqualTo("postgres");
        assertThat(output.exitCode()).isZero();
    }

    @Test
    void saysWhyItCannotConnect() {
        ClientProgram.Output output = psql.run(proxy(), "no_such_database", "SELECT 1", "--tuples-only", "--quiet");
        assertThat(output.errors()).contains("database \"no_such_database\" does not exist");
        assertThat(output.exitCode()).isEqualTo(2);
    }
}
