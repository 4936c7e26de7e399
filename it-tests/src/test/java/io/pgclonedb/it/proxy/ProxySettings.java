package io.pgclonedb.it.proxy;

import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.wire.Endpoint;
import io.pgclonedb.proxy.config.BackendConfig;
import io.pgclonedb.proxy.config.ProxyConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** What a test wants of its proxy; everything else as an operator gets it by default, on ephemeral ports. */
public final class ProxySettings {
    private final Endpoint backend;
    private Duration loginTimeout = Duration.ofSeconds(30);
    private int maxConnections;
    private int maxLoginsPerAddress = 100;
    private boolean allowTrust;
    private boolean interception = true;

    private ProxySettings(Endpoint backend) {
        this.backend = backend;
    }

    /** A proxy in front of this server. */
    public static ProxySettings before(Endpoint backend) {
        return new ProxySettings(backend);
    }

    /** A proxy in front of anything that listens: it serves no calls and asks the server nothing of its own. */
    public static ProxySettings relaying(Endpoint backend) {
        return new ProxySettings(backend).interception(false).maxConnections(90);
    }

    public ProxySettings loginTimeout(Duration timeout) {
        loginTimeout = timeout;
        return this;
    }

    /** 0: the server's own limit less its reserve and ten. */
    public ProxySettings maxConnections(int limit) {
        maxConnections = limit;
        return this;
    }

    public ProxySettings maxLoginsPerAddress(int limit) {
        maxLoginsPerAddress = limit;
        return this;
    }

    public ProxySettings allowTrust(boolean allow) {
        allowTrust = allow;
        return this;
    }

    public ProxySettings interception(boolean on) {
        interception = on;
        return this;
    }

    /** Everything the proxy has to know. */
    public ProxyConfig build() {
        return new ProxyConfig(
                ephemeral(),
                new BackendConfig(
                        backend.host(), backend.port(), PostgresServer.SUPERUSER, PostgresServer.PASSWORD, "postgres"),
                ephemeral(),
                "pgclonedb",
                null,
                0,
                Duration.ofSeconds(10),
                loginTimeout,
                maxConnections,
                0,
                maxLoginsPerAddress,
                Duration.ofSeconds(30),
                allowTrust,
                interception,
                4,
                ProxyConfig.LogLevel.WARN,
                ProxyConfig.LogFormat.TEXT);
    }

    private static InetSocketAddress ephemeral() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
