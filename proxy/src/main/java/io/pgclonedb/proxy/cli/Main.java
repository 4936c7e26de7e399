package io.pgclonedb.proxy.cli;

import io.pgclonedb.proxy.config.ConfigLoader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: {@code pgclonedb demo|serve|check|onboard|install-stubs}. */
@Command(
        name = "pgclonedb",
        description = "A PostgreSQL proxy that answers pgclonedb.* calls: one SQL call clones a database.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        CommandLine commandLine = commandLine(ConfigLoader.ofProcess());
        commandLine.setOut(new PrintWriter(System.out, true, Charset.defaultCharset()));
        commandLine.setErr(new PrintWriter(System.err, true, Charset.defaultCharset()));
        System.exit(commandLine.execute(arguments));
    }

    /** The command line with the configuration coming from {@code loader}. */
    static CommandLine commandLine(ConfigLoader loader) {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.addSubcommand(new DemoCommand());
        for (Object command : List.of(
                new ServeCommand(loader),
                new CheckCommand(loader),
                new OnboardCommand(loader),
                new InstallStubsCommand(loader))) {
            CommandLine subcommand = new CommandLine(command);
            ConfigOptions.addTo(subcommand.getCommandSpec());
            commandLine.addSubcommand(subcommand);
        }
        commandLine.setExpandAtFiles(false);
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setParameterExceptionHandler(Failures::usage);
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> Failures.report(failure, command));
        return commandLine;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "no command given; it is one of demo, serve, check, onboard, install-stubs");
    }
}
