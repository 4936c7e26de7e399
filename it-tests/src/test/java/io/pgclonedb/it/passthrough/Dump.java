package io.pgclonedb.it.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.wire.Endpoint;
import java.util.ArrayList;
import java.util.List;

/** What pg_dump makes of a database, to be compared; a test is skipped where pg_dump is missing or too old. */
public final class Dump {
    private Dump() {}

    /** The script, without what differs from one dump, or one database, to the next. */
    public static String of(Endpoint endpoint, String database, String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add("--no-sync");
        ClientProgram.Output dump = ClientProgram.installed("pg_dump")
                .asNewAs(PostgresServer.shared())
                .run(endpoint, database, "", arguments.toArray(String[]::new));
        assertThat(dump.errors()).isEmpty();
        assertThat(dump.exitCode()).isZero();
        return dump.out()
                // newer releases guard the script with a random word
                .replaceAll("(?m)^(\\\\(un)?restrict) .*$", "$1")
                // newer servers note a random number with each column, which older releases of pg_dump take for an
                // option
                .replaceAll("(?m)^ALTER TABLE ONLY .* SET \\(pg_attver=\\d+\\);$", "");
    }
}
