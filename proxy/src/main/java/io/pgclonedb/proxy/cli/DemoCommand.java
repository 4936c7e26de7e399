package io.pgclonedb.proxy.cli;

import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.proxy.admin.AdminConnections;
import io.pgclonedb.proxy.config.BackendConfig;
import io.pgclonedb.proxy.config.ConfigLoader;
import io.pgclonedb.proxy.config.Key;
import io.pgclonedb.proxy.config.ProxyConfig;
import io.pgclonedb.proxy.config.ProxyConfig.LogFormat;
import io.pgclonedb.proxy.config.ProxyConfig.LogLevel;
import io.pgclonedb.proxy.control.ControlDatabase;
import io.pgclonedb.proxy.control.SettingsChange;
import io.pgclonedb.proxy.control.SettingsStore;
import io.pgclonedb.proxy.embedded.DemoDatabase;
import io.pgclonedb.proxy.embedded.EmbeddedServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pgclonedb demo}: a server of its own with something to clone, and the proxy before it. */
@Command(
        name = "demo",
        description = "Starts a PostgreSQL of its own with the proxy before it, for a first try; Ctrl-C ends both.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {
    /** With less than this on the disk the default margin of 10 GB would refuse every clone of the demo. */
    private static final long ENOUGH_FREE_BYTES = 12L << 30;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--port", paramLabel = "PORT", description = "where clients connect (default: ${DEFAULT-VALUE})")
    private int port = 6432;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "where metrics and health checks are served (default: ${DEFAULT-VALUE})")
    private int httpPort = 9632;

    @Override
    public Integer call() throws InterruptedException {
        Logging.configure(LogLevel.WARN, LogFormat.TEXT);
        requireFree("--port", port);
        requireFree("--http-port", httpPort);
        Termination termination = new Termination("TERM", "INT", "HUP");
        say("starting a PostgreSQL server with something to clone ...");
        try (EmbeddedServer server = startServer()) {
            ProxyConfig config = config(server);
            prepare(server, config);
            try (RunningProxy proxy = RunningProxy.start(config)) {
                welcome(proxy);
                termination.await();
                return proxy.drain() ? ExitCode.OK : ExitCode.FAILURE;
            }
        }
    }

    private void requireFree(String option, int wanted) {
        if (wanted < 0 || wanted > 65_535) {
            throw new ParameterException(spec.commandLine(), option + " must be a number from 0 to 65535");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
        } catch (IOException failure) {
            throw new CommandException(
                    "port " + wanted + " cannot be used (" + failure.getMessage() + "); choose another with " + option);
        }
    }

    private static EmbeddedServer startServer() {
        try {
            return EmbeddedServer.start();
        } catch (IOException | RuntimeException failure) {
            throw new CommandException("the embedded server did not start: " + failure.getMessage(), failure);
        } catch (NoClassDefFoundError missing) {
            throw new CommandException(
                    "the embedded server is not on the class path; start the demo with ./pgclonedb demo", missing);
        }
    }

    private ProxyConfig config(EmbeddedServer server) {
        BackendConfig backend = new BackendConfig(
                server.host(), server.port(), EmbeddedServer.SUPERUSER, EmbeddedServer.PASSWORD, "postgres");
        Map<Key, String> settings = Map.of(
                Key.LISTEN, "127.0.0.1:" + port,
                Key.HTTP_LISTEN, "127.0.0.1:" + httpPort,
                Key.DRAIN_TIMEOUT, "5s",
                Key.LOG_LEVEL, "warn",
                Key.BACKEND,
                        "postgresql://" + backend.user() + ":" + backend.password() + "@" + backend.host() + ":"
                                + backend.port() + "/" + backend.database());
        return new ConfigLoader(Map.of(), Path.of("/")).load(settings, null);
    }

    private void prepare(EmbeddedServer server, ProxyConfig config) {
        AdminConnections connections = new AdminConnections(config.backend(), config.lockTimeout());
        try (ControlDatabase control = ControlDatabase.open(connections, config.backend(), config.controlDatabase())) {
            new Onboarding(connections).run(new Application(DemoDatabase.APPLICATION), EmbeddedServer.PASSWORD);
            DemoDatabase.create(server);
            if (Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir", "/tmp")))
                            .getUsableSpace()
                    < ENOUGH_FREE_BYTES) {
                SettingsStore settings = new SettingsStore(control, FunctionCatalog.functions());
                control.transaction(connection -> {
                    settings.update(connection, new SettingsChange(0L, null, Map.of()));
                    return true;
                });
                say("less than 12 GB of disk are free: min_free_bytes is set to 0, a clone only has to fit");
            }
        } catch (SQLException | IOException failure) {
            throw new CommandException("the demo database could not be made: " + failure.getMessage(), failure);
        }
    }

    private void welcome(RunningProxy proxy) {
        PrintWriter out = spec.commandLine().getOut();
        int bound = proxy.address().getPort();
        String psql = "PGPASSWORD=" + EmbeddedServer.PASSWORD + " psql -h 127.0.0.1 -p " + bound + " -U ";
        out.println("ready: proxy at " + Address.text(proxy.address()) + ", metrics at http://"
                + Address.text(proxy.httpAddress()) + "/metrics");
        out.println("  as the admin of " + DemoDatabase.APPLICATION + ":  " + psql + DemoDatabase.APPLICATION
                + "_db_admin postgres");
        out.println("  as the superuser:       " + psql + EmbeddedServer.SUPERUSER + " postgres");
        out.println("then try:");
        out.println("  SELECT pgclonedb.help();");
        out.println("  SELECT pgclonedb.create_database('myapp_dev', '" + DemoDatabase.TEMPLATE + "');");
        out.println("  SELECT * FROM pgclonedb.get_audit_log(max_rows := 5);");
        out.println("Ctrl-C ends the proxy and the server and deletes everything.");
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
    }
}
