package io.pgclonedb.proxy.cli;

import io.pgclonedb.proxy.config.ConfigLoader;
import io.pgclonedb.proxy.config.ProxyConfig;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pgclonedb serve}. */
@Command(
        name = "serve",
        description = "Runs the proxy in front of an existing server until it gets SIGTERM or SIGINT.",
        footer = {
            "",
            "Every option may also stand in the file (http_listen) or in the environment (PGCLONEDB_HTTP_LISTEN);",
            "an option wins over the environment, that over the file."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {
    private final ConfigLoader loader;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ServeCommand(ConfigLoader loader) {
        this.loader = loader;
    }

    @Override
    public Integer call() throws InterruptedException {
        ProxyConfig config = ConfigOptions.load(spec, loader);
        Logging.configure(config.logLevel(), config.logFormat());
        Termination termination = new Termination("TERM", "INT");
        Signals.handle(
                "HUP",
                () -> LoggerFactory.getLogger(ServeCommand.class)
                        .warn("SIGHUP: the configuration is read at start only; restart to change it"));
        try (RunningProxy proxy = RunningProxy.start(config)) {
            spec.commandLine()
                    .getOut()
                    .println("ready: proxy at " + Address.text(proxy.address()) + ", server " + config.backend()
                            + ", metrics at http://" + Address.text(proxy.httpAddress()) + "/metrics");
            termination.await();
            return proxy.drain() ? ExitCode.OK : ExitCode.FAILURE;
        }
    }
}
