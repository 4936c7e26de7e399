package io.pgclonedb.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * psql as the application's admin runs it.
 *
 * @param home an empty directory for its start-up file
 */
record Psql(Application application, Path home) {
    /** Starts psql with these lines in its start-up file. */
    ClientProcess start(String startUp, String input) throws Exception {
        Path file = Files.writeString(home.resolve("psqlrc"), "\\set QUIET 1\n" + startUp + "\n");
        Map<String, String> environment = new HashMap<>(application.environment());
        environment.put("PSQLRC", file.toString());
        environment.put("PSQL_HISTORY", home.resolve("history").toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("PSQL_PAGER", "");
        String variables = """
                \\getenv template APP_TEMPLATE
                \\getenv copy APP_COPY
                \\getenv slow_template APP_SLOW_TEMPLATE
                \\getenv slow_copy APP_SLOW_COPY
                \\getenv other OTHER_DATABASE
                """;
        return ClientProcess.start(List.of(program(), "-At"), home, environment, variables + input);
    }

    /** What it writes, on either side. */
    ClientProcess.Output type(String startUp, String input) throws Exception {
        ClientProcess.Output output = start(startUp, input).await();
        assertThat(output.exitCode()).as(output.errors()).isZero();
        return output;
    }

    /** What it writes when there is nothing to complain of; a clone on a busy machine may report how far it is. */
    String answer(String startUp, String input) throws Exception {
        ClientProcess.Output output = type(startUp, input);
        assertThat(output.errors().lines().filter(line -> !line.contains("cloning into")))
                .isEmpty();
        return output.out();
    }

    /** Its major version. */
    int version() {
        String text = ClientProcess.start(List.of(program(), "--version"), home, Map.of(), "")
                .await()
                .out();
        Matcher version = Pattern.compile("\\(PostgreSQL\\) (\\d+)").matcher(text);
        return version.find() ? Integer.parseInt(version.group(1)) : 0;
    }

    private static String program() {
        return Clients.program("psql").toString();
    }
}
