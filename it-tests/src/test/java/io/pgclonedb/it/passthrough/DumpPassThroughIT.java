package io.pgclonedb.it.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.proxy.ProxyUnderTest;
import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.server.TestDatabase;
import io.pgclonedb.it.wire.Endpoint;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpPassThroughIT {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final String SOURCE = "dump_source";
    private static final String TARGET = "dump_target";

    @BeforeAll
    static void databases() throws SQLException {
        TestDatabase.create(SOURCE);
        TestDatabase.create(TARGET);
        TestDatabase.execute(
                SOURCE,
                "CREATE TABLE t (id int PRIMARY KEY, b text);"
                        + " INSERT INTO t SELECT g, repeat('row ' || g, 20) FROM generate_series(1, 20000) g;"
                        + " CREATE VIEW v AS SELECT count(*) FROM t; CREATE SEQUENCE s START 7;"
                        + " SELECT lo_from_bytea(0, decode(repeat('00ff', 50000), 'hex'))");
    }

    @AfterAll
    static void dropDatabases() throws SQLException {
        new TestDatabase(SOURCE).close();
        new TestDatabase(TARGET).close();
    }

    @Test
    void dumpsAndRestoresADatabase(@TempDir Path directory) {
        // given
        Endpoint proxy = ProxyUnderTest.shared().endpoint();
        String direct = Dump.of(SERVER.endpoint(), SOURCE);
        // when
        String proxied = Dump.of(proxy, SOURCE);
        String archive = directory.resolve("archive").toString();
        ClientProgram.Output dumped = ClientProgram.installed("pg_dump")
                .run(proxy, SOURCE, "", "--no-sync", "--format=directory", "--jobs=2", "--file=" + archive);
        ClientProgram.Output restored =
                ClientProgram.installed("pg_restore").run(proxy, TARGET, "", "--dbname=" + TARGET, "--jobs=2", archive);
        // then
        assertThat(proxied).isEqualTo(direct);
        assertThat(dumped.errors()).isEmpty();
        assertThat(restored.errors()).isEmpty();
        assertThat(Dump.of(SERVER.endpoint(), TARGET)).isEqualTo(direct);
    }
}
