package io.pgclonedb.it.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.calls.CallResult;
import io.pgclonedb.it.calls.PendingCall;
import io.pgclonedb.it.waiting.Eventually;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.operation.CallObserver;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DiskCheckIT {
    @RegisterExtension
    private static final OperationServer server = new OperationServer();

    private String template() throws SQLException {
        String template = server.database("source");
        server.execute("CREATE DATABASE " + template);
        return template;
    }

    private CallResult clone(OperationServer on, String template) throws Exception {
        return on.caller().call("create_database", "dbname", on.database("dev"), "template", template);
    }

    @Test
    void asksTheServerItselfAndClonesWhatFits() throws Exception {
        server.minFreeBytes(0);

        clone(server, template()).answered();
    }

    @Test
    void refusesACloneThatWouldLeaveTooLittle() throws Exception {
        server.minFreeBytes(Long.MAX_VALUE);

        PgException error = clone(server, template()).failed();

        assertThat(error.sqlState()).isEqualTo("53100");
        assertThat(error.detail())
                .matches("Needed: \\d+ bytes \\(\\d+\\.\\d MB\\); free: \\d+ bytes \\(.*\\);"
                        + " margin: 9223372036854775807 bytes \\(8\\.0 EB\\)\\.");
        assertThat(error.hint()).contains("configure(min_free_bytes");
        assertThat(server.flags(server.database("dev"))).isEmpty();
        assertThat(server.lastAudit()).isEqualTo("create_database " + server.database("dev") + " failed 53100");
    }

    @Test
    void looksAtTheTablespaceOfTheTemplate() throws Exception {
        String space = server.database("space");
        server.execute("SET allow_in_place_tablespaces = on", "CREATE TABLESPACE " + space + " LOCATION ''");
        String template = server.database("source");
        server.execute("CREATE DATABASE " + template + " TABLESPACE " + space);
        server.minFreeBytes(0);

        clone(server, template).answered();

        assertThat(server.ask("SELECT count(DISTINCT dattablespace) FROM pg_database WHERE datname IN ('" + template
                        + "', '" + server.database("dev") + "')"))
                .isEqualTo("1");
        server.reset();
        server.execute("DROP TABLESPACE " + space);
    }

    @Test
    void believesALocalPathAndCountsWhatRunningClonesStillNeed() throws Exception {
        // A file system without any space.
        try (OperationServer full = new OperationServer(CallObserver.NONE, Path.of("/proc")).start();
                Connection blocker = full.connect("postgres")) {
            String template = full.template();
            full.holdBackClones(blocker);
            PendingCall running =
                    full.caller().start("create_database", "dbname", full.database("first"), "template", template);
            Eventually.isTrue(() -> full.flags(full.database("first")).equals("false false 0"));
            full.minFreeBytes(0);

            PgException error = clone(full, template).failed();

            assertThat(error.sqlState()).isEqualTo("53100");
            assertThat(error.detail())
                    .matches("Needed: \\d+ bytes \\(.* MB\\), running clones still need \\d+ bytes \\(.* MB\\);"
                            + " free: 0 bytes; margin: 0 bytes\\.");
            blocker.rollback();
            running.await().answered();

            assertThat(clone(full, template).failed().detail()).doesNotContain("running clones");
            full.minFreeBytes(-1);
            clone(full, template).answered();
        }
    }
}
