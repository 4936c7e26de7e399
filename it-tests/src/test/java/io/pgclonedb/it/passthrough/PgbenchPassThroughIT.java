package io.pgclonedb.it.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.proxy.ProxyUnderTest;
import io.pgclonedb.it.server.TestDatabase;
import io.pgclonedb.it.wire.Endpoint;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgbenchPassThroughIT {
    private static final Endpoint PROXY = ProxyUnderTest.shared().endpoint();
    private static final String DATABASE = "pgbench_pass_through";
    private static ClientProgram pgbench;

    @BeforeAll
    static void tables() throws SQLException {
        pgbench = ClientProgram.installed("pgbench");
        TestDatabase.create(DATABASE);
        ClientProgram.Output initialized = pgbench.run(PROXY, DATABASE, "", "--initialize", "--quiet");
        assertThat(initialized.exitCode()).as(initialized.errors()).isZero();
    }

    @AfterAll
    static void dropTables() throws SQLException {
        new TestDatabase(DATABASE).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "prepared"})
    void runsItsTransactions(String protocol) {
        ClientProgram.Output run = pgbench.run(
                PROXY,
                DATABASE,
                "",
                "--protocol=" + protocol,
                "--client=8",
                "--jobs=2",
                "--transactions=50",
                "--no-vacuum");
        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.out()).contains("number of transactions actually processed: 400/400");
    }
}
