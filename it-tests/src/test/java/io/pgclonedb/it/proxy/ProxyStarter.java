package io.pgclonedb.it.proxy;

import io.pgclonedb.it.wire.Endpoint;
import io.pgclonedb.proxy.admin.AdminConnections;
import io.pgclonedb.proxy.config.ProxyConfig;
import io.pgclonedb.proxy.control.ControlDatabase;
import io.pgclonedb.proxy.control.Housekeeping;
import io.pgclonedb.proxy.intercept.Interception;
import io.pgclonedb.proxy.net.ProxyServer;
import io.pgclonedb.proxy.operation.CallObserver;
import io.pgclonedb.proxy.operation.CallServices;
import io.pgclonedb.proxy.session.BackendAddress;
import io.pgclonedb.proxy.session.ConnectionLimits;
import io.pgclonedb.proxy.session.SessionEnvironment;
import io.pgclonedb.proxy.session.SessionObserver;
import io.pgclonedb.proxy.session.SessionRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Puts a proxy together and starts it. */
final class ProxyStarter {
    /** Where a test sets no limit: less than a test server has, with room for the tests' own connections. */
    private static final int MOST_SESSIONS = 90;

    private ProxyStarter() {}

    static ProxyUnderTest start(ProxyConfig config) {
        RunningProxy proxy = new RunningProxy();
        try {
            Interception interception = config.interception() ? interception(config, proxy) : null;
            proxy.listen(config.listen(), environment(config, interception));
            return proxy;
        } catch (RuntimeException | InterruptedException failure) {
            proxy.close();
            throw new IllegalStateException(failure);
        }
    }

    private static Interception interception(ProxyConfig config, RunningProxy proxy) {
        AdminConnections connections = new AdminConnections(config.backend(), config.lockTimeout());
        ControlDatabase control =
                proxy.closeLater(ControlDatabase.open(connections, config.backend(), config.controlDatabase()));
        CallServices calls = proxy.closeLater(CallServices.create(config, connections, control, CallObserver.NONE));
        proxy.closeLater(Housekeeping.start(calls.running(), calls.settler(), calls.settings(), calls.audit()));
        return new Interception(calls, sqlState -> {});
    }

    private static SessionEnvironment environment(ProxyConfig config, @Nullable Interception interception) {
        ConnectionLimits limits = new ConnectionLimits(
                config.maxConnections() == 0 ? MOST_SESSIONS : config.maxConnections(),
                config.maxConnectionsPerAddress(),
                config.maxLoginsPerAddress());
        return new SessionEnvironment(
                new BackendAddress(config.backend().host(), config.backend().port()),
                new SessionEnvironment.Admission(limits, config.loginTimeout(), config.allowTrust()),
                new SessionRegistry(),
                new Unobserved(),
                interception);
    }

    /** What has been started, to be closed in the opposite order. */
    private static final class RunningProxy implements ProxyUnderTest {
        private final Deque<AutoCloseable> parts = new ArrayDeque<>();
        private @Nullable ProxyServer server;

        <T extends AutoCloseable> T closeLater(T part) {
            parts.push(part);
            return part;
        }

        void listen(InetSocketAddress address, SessionEnvironment environment) throws InterruptedException {
            server = closeLater(ProxyServer.start(address, environment));
        }

        private ProxyServer server() {
            if (server == null) {
                throw new IllegalStateException("the proxy does not listen");
            }
            return server;
        }

        @Override
        public Endpoint endpoint() {
            return new Endpoint("127.0.0.1", server().address().getPort());
        }

        @Override
        public void close() {
            try {
                if (server != null) {
                    server.stopAccepting();
                    server.drain(Duration.ofSeconds(1));
                }
                for (AutoCloseable part : parts) {
                    part.close();
                }
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    /** Nobody counts. */
    private static final class Unobserved implements SessionObserver {
        @Override
        public void accepted() {}

        @Override
        public void authenticated() {}

        @Override
        public void closed(boolean wasAuthenticated) {}

        @Override
        public void authenticationFailed() {}

        @Override
        public void relayed(Direction direction, long bytes, long messages) {}
    }
}
