package io.pgclonedb.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.proxy.ProxyUnderTest;
import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.wire.RawClient;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A session through the shared proxy, in the middle of a transaction, that lives as long as the test class and after each
 * test must have noticed nothing; a new client must get in then, too.
 */
final class Witness implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace PLACE = ExtensionContext.Namespace.create(Witness.class);

    private static RawClient login() {
        return RawClient.login(
                ProxyUnderTest.shared().endpoint(), "postgres", PostgresServer.SUPERUSER, PostgresServer.PASSWORD);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        RawClient session = login();
        session.query("BEGIN; CREATE TEMP TABLE seen (n int)");
        context.getStore(PLACE).put("session", session);
        context.getStore(PLACE).put("pid", session.queryForText("SELECT pg_backend_pid()"));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        RawClient session = context.getStore(PLACE).get("session", RawClient.class);
        assertThat(session.queryForText("INSERT INTO seen VALUES (1); SELECT pg_backend_pid()"))
                .isEqualTo(context.getStore(PLACE).get("pid", String.class));
        assertThat(session.transactionStatus()).isEqualTo('T');
        try (RawClient next = login()) {
            assertThat(next.queryForText("SELECT 'in'")).isEqualTo("in");
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        context.getStore(PLACE).get("session", RawClient.class).close();
    }
}
