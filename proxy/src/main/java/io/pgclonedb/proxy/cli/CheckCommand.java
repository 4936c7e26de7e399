package io.pgclonedb.proxy.cli;

import io.pgclonedb.proxy.config.ConfigLoader;
import io.pgclonedb.proxy.config.ProxyConfig;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pgclonedb check}. */
@Command(
        name = "check",
        description = "Says line by line whether serving would work and what the server allows. Changes nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class CheckCommand implements Callable<Integer> {
    private final ConfigLoader loader;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CheckCommand(ConfigLoader loader) {
        this.loader = loader;
    }

    @Override
    public Integer call() {
        ProxyConfig config = ConfigOptions.load(spec, loader);
        Logging.configure(config.logLevel(), config.logFormat());
        List<Finding> findings = new Checks(config).run();
        findings.forEach(finding -> spec.commandLine().getOut().println(finding.line()));
        boolean failed = findings.stream().anyMatch(finding -> finding.level() == Finding.Level.FAILURE);
        return failed ? ExitCode.FAILURE : ExitCode.OK;
    }
}
