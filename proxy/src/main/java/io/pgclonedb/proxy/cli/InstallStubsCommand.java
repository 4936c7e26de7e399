package io.pgclonedb.proxy.cli;

import io.pgclonedb.proxy.admin.AdminConnections;
import io.pgclonedb.proxy.config.ConfigLoader;
import io.pgclonedb.proxy.config.ProxyConfig;
import io.pgclonedb.proxy.control.ControlDatabase;
import io.pgclonedb.proxy.operation.StubInstallation;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgclonedb install-stubs DATABASE}. */
@Command(
        name = "install-stubs",
        description = "Shows the functions to clients of one database: creates schema pgclonedb there with their"
                + " signatures and comments, or brings it up to date. Calls do not need it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class InstallStubsCommand implements Callable<Integer> {
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9a-fA-F:.]+\\]|[^\\s:\\[\\]]+):[0-9]{1,5}");

    private final ConfigLoader loader;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DATABASE", description = "an open database")
    private String database = "";

    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            description = "where clients reach the proxy, for the error of a stub that is called without it"
                    + " (default: the address it listens at)")
    private @Nullable String address;

    InstallStubsCommand(ConfigLoader loader) {
        this.loader = loader;
    }

    @Override
    public Integer call() {
        ProxyConfig config = ConfigOptions.load(spec, loader);
        Logging.configure(config.logLevel(), config.logFormat());
        String reachable = address == null ? Address.reachable(config.listen()) : checked(address);
        AdminConnections connections = new AdminConnections(config.backend(), config.lockTimeout());
        ControlDatabase.open(connections, config.backend(), config.controlDatabase())
                .close();
        StubInstallation.Result result =
                new StubInstallation(connections, config.controlDatabase()).install(database, reachable);
        spec.commandLine()
                .getOut()
                .println("schema \"pgclonedb\" " + (result.created() ? "created in" : "brought up to date in")
                        + " database \"" + database + "\": " + result.functions()
                        + " functions, to be called through the proxy at " + reachable);
        return ExitCode.OK;
    }

    /** It may be a name that only clients can resolve. */
    private String checked(String hostAndPort) {
        if (!HOST_AND_PORT.matcher(hostAndPort).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--address \"" + hostAndPort + "\" is not host:port, such as db.example.com:6432 or [::1]:6432");
        }
        return hostAndPort;
    }
}
