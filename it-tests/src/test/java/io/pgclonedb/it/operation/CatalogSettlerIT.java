package io.pgclonedb.it.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.calls.PendingCall;
import io.pgclonedb.it.waiting.Eventually;
import io.pgclonedb.proxy.control.AuditEntry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CatalogSettlerIT {
    @RegisterExtension
    private static final OperationServer server = new OperationServer();

    /** As a proxy leaves it that dies after the intent. */
    private void dieDuring(String operation, String target) {
        server.services()
                .running()
                .begin(new AuditEntry(1, server.admin(), operation, target, Map.of("dbname", target), "", "", 1))
                .close();
    }

    private String settled() throws Exception {
        // The server lets go of the lock a moment after the connection has been closed.
        Eventually.isTrue(
                () -> server.services().running().settle(server.services().settler()) == 1);
        return server.askControl("SELECT outcome FROM control.audit ORDER BY id DESC LIMIT 1");
    }

    @Test
    void takesACloneThatIsThereForASuccess() throws Exception {
        server.execute("CREATE DATABASE " + server.database("dev"));
        dieDuring("create_database", server.database("dev"));

        assertThat(settled()).isEqualTo("succeeded");
    }

    @Test
    void takesACloneThatIsNotThereForAFailure() throws Exception {
        dieDuring("create_database", server.database("dev"));

        assertThat(settled()).isEqualTo("failed");
    }

    @Test
    void leavesAnUnfinishedCloneAloneAndFlagged() throws Exception {
        server.execute("CREATE DATABASE " + server.database("dev") + " ALLOW_CONNECTIONS false CONNECTION LIMIT 0");
        dieDuring("create_database", server.database("dev"));

        assertThat(settled()).isEqualTo("unknown");
        assertThat(server.flags(server.database("dev"))).isEqualTo("false false 0");
        assertThat(server.caller()
                        .call("open_database", "dbname", server.database("dev"))
                        .sqlState())
                .isEqualTo("55000");
        server.caller().call("drop_database", "dbname", server.database("dev")).answered();
    }

    @Test
    void settlesClosingByTheFlags() throws Exception {
        server.execute("CREATE DATABASE " + server.database("dev"));
        dieDuring("close_database", server.database("dev"));
        assertThat(settled()).isEqualTo("failed");

        server.execute("ALTER DATABASE " + server.database("dev") + " ALLOW_CONNECTIONS false IS_TEMPLATE true");
        dieDuring("close_database", server.database("dev"));
        assertThat(settled()).isEqualTo("succeeded");

        dieDuring("close_database", server.database("none"));
        assertThat(settled()).isEqualTo("unknown");
    }

    @Test
    void settlesDroppingByWhatIsLeft() throws Exception {
        dieDuring("drop_database", server.database("dev"));
        assertThat(settled()).isEqualTo("succeeded");

        server.execute("CREATE DATABASE " + server.database("dev"));
        dieDuring("drop_database", server.database("dev"));
        assertThat(settled()).isEqualTo("failed");

        server.execute("UPDATE pg_database SET datconnlimit = -2 WHERE datname = '" + server.database("dev") + "'");
        dieDuring("drop_database", server.database("dev"));
        assertThat(settled()).isEqualTo("unknown");
        assertThat(server.flags(server.database("dev"))).isEqualTo("true false -2");
    }

    @Test
    void settlesACloneWhoseServerSessionWasKilled() throws Exception {
        String template = server.template();
        server.holdBackClones();
        PendingCall call =
                server.caller().start("create_database", "dbname", server.database("dev"), "template", template);
        Eventually.isTrue(() -> server.flags(server.database("dev")).equals("false false 0"));

        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                + " AND datname = '" + server.control().name() + "'");

        assertThat(call.await().sqlState()).isEqualTo("57P01");
        assertThat(server.flags(server.database("dev"))).isEmpty();
        assertThat(server.lastAudit()).isEqualTo("create_database " + server.database("dev") + " failed 57P01");
    }
}
