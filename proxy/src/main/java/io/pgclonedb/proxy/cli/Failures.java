package io.pgclonedb.proxy.cli;

import io.pgclonedb.proxy.config.ConfigurationException;
import io.pgclonedb.proxy.error.PgException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line why a command did not work; the stack goes to the log at level debug only. */
final class Failures {
    private static final String PROGRAM = "pgclonedb: ";

    private Failures() {}

    /** What was typed is wrong. */
    static int usage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        String text = failure.getMessage() == null ? "wrong command line" : failure.getMessage();
        if (failure instanceof UnmatchedArgumentException unmatched) {
            text = "unknown argument \"" + unmatched.getUnmatched().get(0) + '"'
                    + unmatched.getSuggestions().stream()
                            .findFirst()
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("");
        }
        command.getErr()
                .println(PROGRAM + oneLine(text) + "; try \"./"
                        + command.getCommandSpec().qualifiedName() + " --help\"");
        return ExitCode.USAGE;
    }

    /** What was asked for did not work. */
    static int report(Exception failure, CommandLine command) {
        LoggerFactory.getLogger(Failures.class).debug("{} failed", command.getCommandName(), failure);
        command.getErr().println(PROGRAM + oneLine(describe(failure)));
        return failure instanceof ConfigurationException ? ExitCode.USAGE : ExitCode.FAILURE;
    }

    /** What, why, and what to do, as far as the failure says it. */
    static String describe(Exception failure) {
        if (failure instanceof PgException error) {
            return error.text() + sentence(error.detail()) + sentence(error.hint());
        }
        if (failure instanceof ConfigurationException || failure instanceof CommandException) {
            return String.valueOf(failure.getMessage());
        }
        return "internal error: " + failure + "; run it again with --log-level debug and report what it says";
    }

    private static String sentence(@Nullable String text) {
        return text == null ? "" : ". " + text.replaceFirst("\\.$", "");
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
