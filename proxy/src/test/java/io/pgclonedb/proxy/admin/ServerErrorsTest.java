package io.pgclonedb.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.proxy.error.PgException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

class ServerErrorsTest {
    private static PSQLException server(String sqlState, String message) {
        String fields = String.join(
                "\0", "SERROR", "VERROR", "C" + sqlState, "M" + message, "Dthe detail", "Hthe hint", "Fx.c", "");
        return new PSQLException(new ServerErrorMessage(fields), false);
    }

    @Test
    void areTheServersOwn() {
        PgException error = ServerErrors.pgException(server("2BP01", "cannot drop schema"));

        assertThat(error.sqlState()).isEqualTo("2BP01");
        assertThat(error.text()).isEqualTo("cannot drop schema");
        assertThat(error.detail()).isEqualTo("the detail");
        assertThat(error.hint()).isEqualTo("the hint");
    }

    @Test
    void areFoundBehindThoseOfAPool() {
        SQLException wrapped = new SQLTransientConnectionException("no connection", "08000", server("53300", "full"));

        assertThat(ServerErrors.pgException(wrapped).sqlState()).isEqualTo("53300");
    }

    @Test
    void sayThatTheConnectionBroke() {
        PgException error =
                ServerErrors.pgException(new PSQLException("I/O error at 10.0.0.1", PSQLState.CONNECTION_FAILURE));

        assertThat(error.sqlState()).isEqualTo("55000");
        assertThat(error.text()).isEqualTo("the admin connection to the server was lost");
        assertThat(error.hint()).contains("./pgclonedb check");
    }

    @ParameterizedTest
    @CsvSource({"57P01,true", "57P02,true", "08006,true", "57014,false", "42501,false", "25006,false"})
    void tellALostConnectionFromAFailedStatement(String sqlState, boolean lost) {
        assertThat(ServerErrors.connectionLost(server(sqlState, "x"))).isEqualTo(lost);
    }

    @ParameterizedTest
    @CsvSource({"3D000,3D000", "55000,55000", "28P01,55000", "28000,55000", "53300,55000", "57P03,55000"})
    void ofALoginTellOnlyWhatConcernsTheDatabase(String sqlState, String expected) {
        PgException error = ServerErrors.loginFailed(server(sqlState, "role \"admin\" from 10.0.0.1"));

        assertThat(error.sqlState()).isEqualTo(expected);
        assertThat(error.hint()).isNotNull();
    }

    @Test
    void keepRoleAndAddressOfTheAdminConnectionFromTheCaller() {
        PgException error = ServerErrors.loginFailed(server("28000", "role \"admin\" from 10.0.0.1"));

        assertThat(error.text()).isEqualTo("cannot reach the server with the admin connection");
        assertThat(error.detail()).isNull();
        assertThat(error).hasRootCauseMessage("ERROR: role \"admin\" from 10.0.0.1");
    }
}
