package io.pgclonedb.proxy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionCatalog;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StubFunctionTest {
    private static StubFunction stub(String name) {
        return new StubFunction(FunctionCatalog.find(name).orElseThrow());
    }

    @Test
    void aFunctionThatActsAnswersText() {
        assertThat(stub("drop_database").definition())
                .startsWith("CREATE FUNCTION pgclonedb.drop_database(dbname text, force boolean DEFAULT true)"
                        + " RETURNS text LANGUAGE plpgsql ");
    }

    @Test
    void aFunctionThatReadsRowsAnswersATable() {
        assertThat(stub("show_config").definition())
                .startsWith("CREATE FUNCTION pgclonedb.show_config()"
                        + " RETURNS TABLE (setting text, value text, description text) LANGUAGE plpgsql ");
    }

    @Test
    void isNamedByTheTypesOfItsParameters() {
        assertThat(stub("reset_password").identity())
                .isEqualTo("pgclonedb.reset_password(text, text, timestamp with time zone)");
    }

    /** They go into databases of every encoding. */
    @Test
    void commentsAreAscii() {
        assertThat(FunctionCatalog.functions())
                .extracting(Function::description)
                .allMatch(StandardCharsets.US_ASCII.newEncoder()::canEncode);
    }
}
