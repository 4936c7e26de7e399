package io.pgclonedb.proxy.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything an operator can set, checked. Immutable; its {@code toString} shows no password.
 *
 * @param listen where clients connect
 * @param backend the server and the admin role
 * @param httpListen where metrics and health checks are served
 * @param controlDatabase name of the control database
 * @param dataPath a local path on the file system of the server's data directory; null when not set
 * @param volumeSize size in bytes of the server's volume; 0 when not set
 * @param drainTimeout how long running operations may take to end at shutdown
 * @param loginTimeout from accept to the first ReadyForQuery
 * @param maxConnections client sessions at once; 0: the server's own limit less its reserve and ten
 * @param maxConnectionsPerAddress 0: no limit
 * @param maxLoginsPerAddress connections of one address that have not yet authenticated
 * @param lockTimeout how long an operation waits for a lock
 * @param allowTrust whether the server may let a client in without a challenge
 * @param interception false: everything is passed on, a real extension answers
 * @param operationThreads operations at once
 */
public record ProxyConfig(
        InetSocketAddress listen,
        BackendConfig backend,
        InetSocketAddress httpListen,
        String controlDatabase,
        @Nullable Path dataPath,
        long volumeSize,
        Duration drainTimeout,
        Duration loginTimeout,
        int maxConnections,
        int maxConnectionsPerAddress,
        int maxLoginsPerAddress,
        Duration lockTimeout,
        boolean allowTrust,
        boolean interception,
        int operationThreads,
        LogLevel logLevel,
        LogFormat logFormat) {

    /** {@code log_level}. */
    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    /** {@code log_format}. */
    public enum LogFormat {
        TEXT,
        JSON
    }
}
