package io.pgclonedb.proxy.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.proxy.error.PgException.Severity;
import org.junit.jupiter.api.Test;

class PgExceptionTest {
    @Test
    void keepsEveryFieldWhenOneIsAdded() {
        Exception cause = new Exception("cause");
        PgException error = PgException.error(SqlState.DISK_FULL, "no space")
                .withDetail("Needed: 1.")
                .withHint("Make space.")
                .withPosition(7)
                .withCause(cause)
                .withDetail("Needed: 2.");
        assertThat(error.severity()).isEqualTo(Severity.ERROR);
        assertThat(error.sqlState()).isEqualTo("53100");
        assertThat(error.text()).isEqualTo("no space");
        assertThat(error.detail()).isEqualTo("Needed: 2.");
        assertThat(error.hint()).isEqualTo("Make space.");
        assertThat(error.position()).isEqualTo(7);
        assertThat(error).hasCause(cause);
    }

    @Test
    void isAnAnswerAndCarriesNoStackTrace() {
        assertThat(PgException.fatal("57P01", "bye").getStackTrace()).isEmpty();
        assertThat(PgException.fatal(SqlState.ADMIN_SHUTDOWN, "bye").severity()).isEqualTo(Severity.FATAL);
    }
}
