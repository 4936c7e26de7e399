package io.pgclonedb.it.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.proxy.control.Outcome;
import io.pgclonedb.proxy.control.UnsettledOperation;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made of a schema function whose proxy died after the intent had been recorded. */
class SchemaSettlingIT {
    private TestCluster cluster;
    private String database;

    @BeforeEach
    void aDatabaseWithADotInASchema() throws SQLException {
        cluster = new TestCluster();
        database = cluster.name("dev");
        cluster.execute("CREATE DATABASE " + database);
        cluster.executeIn(database, "CREATE SCHEMA \"there.is\"");
    }

    @AfterEach
    void remove() throws Exception {
        cluster.close();
    }

    private Optional<Outcome> settled(String operation, String dbname, String schema) {
        return cluster.settler()
                .settle(new UnsettledOperation(
                        1,
                        10,
                        operation,
                        dbname + "." + schema,
                        Map.of("dbname", dbname, "schema_name", schema),
                        Map.of(),
                        Instant.now()));
    }

    @Test
    void aSchemaThatIsThereWasCreated() {
        assertThat(settled("create_schema", database, "there.is")).contains(Outcome.SUCCEEDED);
        assertThat(settled("create_schema", database, "missing")).contains(Outcome.FAILED);
    }

    @Test
    void aSchemaThatIsGoneWasDropped() {
        assertThat(settled("drop_schema", database, "there.is")).contains(Outcome.FAILED);
        assertThat(settled("drop_schema", database, "missing")).contains(Outcome.SUCCEEDED);
    }

    @Test
    void nothingIsKnownOfADatabaseThatCannotBeLookedInto() throws SQLException {
        assertThat(settled("create_schema", cluster.name("none"), "s")).isEmpty();

        cluster.execute("ALTER DATABASE " + database + " ALLOW_CONNECTIONS false");

        assertThat(settled("drop_schema", database, "there.is")).isEmpty();
    }
}
