package io.pgclonedb.proxy.cli;

import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.proxy.admin.AdminConnections;
import io.pgclonedb.proxy.config.BackendConfig;
import io.pgclonedb.proxy.config.Key;
import io.pgclonedb.proxy.config.ProxyConfig;
import io.pgclonedb.proxy.control.CancelBus;
import io.pgclonedb.proxy.control.ControlDatabase;
import io.pgclonedb.proxy.control.Housekeeping;
import io.pgclonedb.proxy.http.Health;
import io.pgclonedb.proxy.http.HttpServer;
import io.pgclonedb.proxy.intercept.Interception;
import io.pgclonedb.proxy.metrics.ProxyMetrics;
import io.pgclonedb.proxy.net.ProxyServer;
import io.pgclonedb.proxy.operation.CallServices;
import io.pgclonedb.proxy.session.BackendAddress;
import io.pgclonedb.proxy.session.CancelBroadcast;
import io.pgclonedb.proxy.session.ConnectionLimits;
import io.pgclonedb.proxy.session.SessionEnvironment;
import io.pgclonedb.proxy.session.SessionEnvironment.Admission;
import io.pgclonedb.proxy.session.SessionRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A proxy with everything that belongs to it, opened in the order in which one part needs the other and closed in reverse.
 * For one thread.
 */
public final class RunningProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningProxy.class);

    private final ProxyConfig config;
    private final Health health = new Health();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final HttpServer http;
    private final ProxyServer server;

    private RunningProxy(ProxyConfig config) throws InterruptedException {
        this.config = config;
        try {
            ProxyMetrics metrics = open(new ProxyMetrics(FunctionCatalog.functions()));
            http = open(startHttp(metrics));
            AdminConnections connections = new AdminConnections(config.backend(), config.lockTimeout());
            server = open(startServer(environment(connections, metrics)));
            health.serving();
        } catch (RuntimeException | InterruptedException failure) {
            close();
            throw failure;
        }
    }

    /**
     * Starts a proxy; when it returns, clients are served.
     *
     * @throws CommandException when an address cannot be bound
     * @throws io.pgclonedb.proxy.error.PgException when the server or the control database cannot be used
     */
    public static RunningProxy start(ProxyConfig config) throws InterruptedException {
        return new RunningProxy(config);
    }

    private <T extends AutoCloseable> T open(T part) {
        opened.push(part);
        return part;
    }

    private HttpServer startHttp(ProxyMetrics metrics) {
        try {
            return HttpServer.start(config.httpListen(), health, metrics::scrape);
        } catch (IOException failure) {
            throw cannotListen(Key.HTTP_LISTEN, config.httpListen(), failure);
        }
    }

    private ControlDatabase control(AdminConnections connections, ProxyMetrics metrics) {
        ControlDatabase control = open(ControlDatabase.open(connections, config.backend(), config.controlDatabase()));
        metrics.observeControlDatabase(control::up);
        metrics.observeAdminPool(control.pool()::active, control.pool()::idle, control.pool()::waiting);
        return control;
    }

    private Interception interception(AdminConnections connections, ControlDatabase control, ProxyMetrics metrics) {
        CallServices calls = open(CallServices.create(config, connections, control, metrics.calls()));
        open(Housekeeping.start(control, calls.running(), calls.settler(), calls.settings(), calls.audit()));
        return new Interception(calls, metrics::refusedWhileParsing);
    }

    private SessionEnvironment environment(AdminConnections connections, ProxyMetrics metrics) {
        SessionRegistry sessions = new SessionRegistry();
        CancelBroadcast cancels = CancelBroadcast.NONE;
        @Nullable Interception interception = null;
        if (config.interception()) {
            ControlDatabase control = control(connections, metrics);
            cancels = open(new CancelPublisher(open(CancelBus.start(control, sessions::cancel))));
            interception = interception(connections, control, metrics);
        }
        BackendConfig backend = config.backend();
        ConnectionLimits limits = new ConnectionLimits(
                maxConnections(connections), config.maxConnectionsPerAddress(), config.maxLoginsPerAddress());
        return new SessionEnvironment(
                new BackendAddress(backend.host(), backend.port()),
                new Admission(limits, config.loginTimeout(), config.allowTrust()),
                sessions,
                cancels,
                new SessionCounts(metrics),
                interception);
    }

    private int maxConnections(AdminConnections connections) {
        if (config.maxConnections() > 0) {
            return config.maxConnections();
        }
        try (Connection connection = connections.connect()) {
            return ConnectionBudget.most(connection);
        } catch (SQLException failure) {
            throw new CommandException(
                    "the server's max_connections cannot be read: " + failure.getMessage() + "; set max_connections",
                    failure);
        }
    }

    private ProxyServer startServer(SessionEnvironment environment) throws InterruptedException {
        try {
            return ProxyServer.start(config.listen(), environment);
        } catch (RuntimeException | InterruptedException failure) {
            throw failure;
        } catch (Exception failure) {
            // Netty throws the IOException of the bind without declaring it.
            throw cannotListen(Key.LISTEN, config.listen(), failure);
        }
    }

    private static CommandException cannotListen(Key key, InetSocketAddress address, Exception failure) {
        return new CommandException(
                "cannot listen on " + Address.text(address) + " (" + key.key() + "): " + failure.getMessage()
                        + "; end what uses it or choose another address with " + key.flag(),
                failure);
    }

    /** Where clients connect. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Where metrics and health checks are served. */
    public InetSocketAddress httpAddress() {
        return http.address();
    }

    /**
     * Turns new clients away and ends the sessions: idle ones at once, the others when their operation has ended or {@code
     * drain_timeout} is over.
     *
     * @return whether all operations ended by themselves
     */
    public boolean drain() throws InterruptedException {
        health.draining();
        LOG.info(
                "draining: operations may run for another {} s",
                config.drainTimeout().toSeconds());
        server.stopAccepting();
        boolean complete = server.drain(config.drainTimeout());
        LOG.info(complete ? "drained" : "drained, some operations were cut off");
        return complete;
    }

    @Override
    public void close() {
        health.draining();
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception failure) {
                LOG.warn("{} did not close as it should", part.getClass().getSimpleName(), failure);
            }
        }
    }
}
