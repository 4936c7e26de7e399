package io.pgclonedb.it.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PasswordUtil;

/** Whether the verifier of a password is the one that the server would have computed. */
class ScramVerifierIT {
    private static final Pattern VERIFIER = Pattern.compile("SCRAM-SHA-256\\$(\\d+):([^$]+)\\$.*");

    private TestCluster cluster;
    private Calls.Session admin;
    private String role;

    @BeforeEach
    void aRole() throws Exception {
        cluster = new TestCluster();
        admin = cluster.login();
        role = cluster.name("app");
        cluster.execute("CREATE ROLE " + role + " LOGIN");
    }

    @AfterEach
    void remove() throws Exception {
        cluster.close();
    }

    private void reset(String password) throws Exception {
        cluster.calls()
                .call(admin, "reset_password", Map.of("rolename", role, "new_password", password))
                .answered();
    }

    private String stored() throws Exception {
        return cluster.ask("SELECT rolpassword FROM pg_authid WHERE rolname = '" + role + "'");
    }

    /** Two passwords have the same verifier for a salt when they are the same to the server. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "S3cure!",
                " spaces kept ",
                "pass\u00a0word",
                "soft\u00adhyphen",
                "\u2168 and \ufb01ne",
                "e\u0301 is \u00e9",
                "\u00aa",
                "tab\tand\u0007bell",
                "private \ue000 use",
                "\u0627\u0031",
                "\u0627\u0644\u0628",
                "unassigned \u0221 in Unicode 3.2",
                "\ud83d\ude00 beyond the BMP",
                "quote ' backslash \\ percent %L",
                "line\nfeed",
                "\u2028"
            })
    void normalisesAsTheServerDoes(String password) throws Exception {
        try (var connection = cluster.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("SET standard_conforming_strings = on");
            statement.execute("ALTER ROLE " + role + " PASSWORD '" + password.replace("'", "''") + "'");
        }
        String byServer = stored();
        Matcher parts = VERIFIER.matcher(byServer);
        assertThat(parts.matches()).isTrue();

        String ours = PasswordUtil.encodeScramSha256(
                password.toCharArray(),
                Integer.parseInt(parts.group(1)),
                Base64.getDecoder().decode(parts.group(2)));

        assertThat(ours).isEqualTo(byServer);
        reset(password);
        assertThat(stored()).startsWith("SCRAM-SHA-256$").isNotEqualTo(byServer);
        cluster.connect("postgres", role, password).close();
    }

    @Test
    void takesAVerifierForAPasswordLikeAnyOther() throws Exception {
        reset("first");
        String verifier = stored();

        reset(verifier);

        assertThat(stored()).isNotEqualTo(verifier);
        cluster.connect("postgres", role, verifier).close();
    }

    @Test
    void takesAnMd5HashForAPasswordLikeAnyOther() throws Exception {
        String hash = "md5" + "0123456789abcdef".repeat(2);

        reset(hash);

        assertThat(stored()).startsWith("SCRAM-SHA-256$");
        cluster.connect("postgres", role, hash).close();
    }

    /** All of it is mapped to nothing, as SASLprep has it: what is left is the empty password. */
    @ParameterizedTest
    @ValueSource(strings = {"\u00ad", "\u200b\u200d"})
    void refusesAPasswordOfNothingButIgnoredCharacters(String password) throws Exception {
        CallResult result =
                cluster.calls().call(admin, "reset_password", Map.of("rolename", role, "new_password", password));

        assertThat(result.sqlState()).isEqualTo("22023");
        assertThat(result.hint()).isNotEmpty();
    }

    @Test
    void isScramEvenWhereTheServerWouldTakeMd5() throws Exception {
        cluster.execute("ALTER ROLE postgres SET password_encryption = 'md5'");
        try {
            cluster.callsOfAnotherProxy()
                    .call(admin, "reset_password", Map.of("rolename", role, "new_password", "S3cure!"))
                    .answered();

            assertThat(stored()).startsWith("SCRAM-SHA-256$");
        } finally {
            cluster.execute("ALTER ROLE postgres RESET password_encryption");
        }
    }
}
