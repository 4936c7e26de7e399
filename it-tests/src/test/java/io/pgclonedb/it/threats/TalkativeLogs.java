package io.pgclonedb.it.threats;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.pgclonedb.it.calls.TestCluster;
import io.pgclonedb.it.waiting.Eventually;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/** Has the server, the proxy and its driver log as much as they can, and remembers it until it is closed. */
final class TalkativeLogs implements AutoCloseable {
    private static final String[] SETTINGS = {
        "log_statement = 'all'",
        "log_min_error_statement = 'debug5'",
        "log_min_messages = 'debug1'",
        "log_min_duration_statement = 0",
        "log_parameter_max_length = -1",
        "log_parameter_max_length_on_error = -1"
    };

    private final ListAppender<ILoggingEvent> proxyLog = new ListAppender<>();
    private final List<String> driverLog = new ArrayList<>();
    private final Handler driverHandler = new Handler() {
        @Override
        public synchronized void publish(LogRecord line) {
            Object[] parameters = line.getParameters();
            driverLog.add(line.getMessage() + (parameters == null ? "" : " " + Arrays.toString(parameters)));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final TestCluster cluster;
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final java.util.logging.Logger driver = java.util.logging.Logger.getLogger("org.postgresql");
    private final Level usualLevel = root.getLevel();

    TalkativeLogs(TestCluster cluster) throws Exception {
        this.cluster = cluster;
        for (String setting : SETTINGS) {
            cluster.execute("ALTER SYSTEM SET " + setting);
        }
        cluster.execute("SELECT pg_reload_conf()");
        Eventually.isTrue(() -> cluster.ask("SHOW log_statement").equals("all"));
        proxyLog.start();
        root.addAppender(proxyLog);
        root.setLevel(Level.TRACE);
        driver.addHandler(driverHandler);
        driver.setLevel(java.util.logging.Level.ALL);
    }

    /** The server's log file. */
    String server() throws SQLException {
        return cluster.ask("SELECT convert_from(pg_read_binary_file(pg_current_logfile()), 'LATIN1')");
    }

    /** What this JVM has logged, stack traces and all. */
    List<String> proxy() {
        return List.copyOf(proxyLog.list).stream().map(TalkativeLogs::text).toList();
    }

    /** What pgjdbc has logged by itself. */
    List<String> driver() {
        return List.copyOf(driverLog);
    }

    private static String text(ILoggingEvent event) {
        String thrown = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        return event.getFormattedMessage()
                + thrown
                + String.join("", event.getMDCPropertyMap().values());
    }

    @Override
    public void close() throws SQLException {
        driver.removeHandler(driverHandler);
        driver.setLevel(null);
        root.setLevel(usualLevel);
        root.detachAppender(proxyLog);
        for (String setting : SETTINGS) {
            cluster.execute("ALTER SYSTEM RESET " + setting.substring(0, setting.indexOf(' ')));
        }
        cluster.execute("SELECT pg_reload_conf()");
    }
}
