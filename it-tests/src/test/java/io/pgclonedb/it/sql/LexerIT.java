package io.pgclonedb.it.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.proxy.sql.ArgumentSource;
import io.pgclonedb.proxy.sql.CallPlanner;
import io.pgclonedb.proxy.sql.ClientEncoding;
import io.pgclonedb.proxy.sql.Plan;
import io.pgclonedb.proxy.sql.PlanOptions;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random texts, lexed here and by the server. */
class LexerIT {
    private static final String[] PIECES = {
        "'",
        "''",
        "\"",
        "\\",
        "\\'",
        "$$",
        "$a$",
        "$a",
        "$",
        "--",
        "\n",
        "\r",
        "/*",
        "*/",
        "/",
        "*",
        " ",
        "E'",
        "e'",
        "N'",
        "B'",
        "U&'",
        "U&\"",
        "x",
        "a",
        "1",
        "1.5",
        "1e",
        "0x1",
        "1_0",
        ",",
        "+",
        "-",
        "||",
        "::text",
        "pgclonedb.help()",
        "pgclonedb . help ()",
        "\"pgclonedb\".help()",
        "U&\"pgclo\\006Eedb\".help()",
        "U&\"pgclo!006Eedb\" uescape '!' .help()",
        "PGclonedb/**/.help('x')",
        "pgclonedb",
        ".",
        "help",
        "(",
        ")",
        "ä",
        "\f",
        "\t",
        "'x'",
        "\"x\"",
        "as ",
        "$1",
        "@",
        "=",
        "uescape '!'",
        "\\0041",
        "!0041"
    };

    private static RealFunctions functions;
    private static Connection connection;

    @BeforeAll
    static void createFunctions() throws SQLException {
        functions = RealFunctions.create("lexer_it");
        connection = functions.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE FUNCTION public.run(sql text) RETURNS text LANGUAGE plpgsql AS $$"
                    + " DECLARE before bigint := nextval('public.calls'); state text := 'works'; BEGIN"
                    + " BEGIN EXECUTE sql; EXCEPTION WHEN OTHERS THEN state := SQLSTATE; END;"
                    + " IF nextval('public.calls') > before + 1 THEN RETURN 'called'; END IF; RETURN state; END $$");
            statement.execute("CREATE FUNCTION public.value(sql text) RETURNS text LANGUAGE plpgsql AS $$"
                    + " DECLARE value text; BEGIN EXECUTE sql INTO value; RETURN 'is ' || value;"
                    + " EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE; END $$");
        }
    }

    @AfterAll
    static void dropFunctions() throws SQLException {
        connection.close();
        functions.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findsEveryCallThatTheServerMakesAndNoOther(boolean standardConformingStrings) throws SQLException {
        Random random = new Random(97);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 8_000; i++) {
            texts.add("SELECT " + soup(random, 12) + (random.nextBoolean() ? ", 'x'" : " pgclonedb.help()"));
        }
        List<String> outcomes = onServer("public.run", texts, standardConformingStrings);
        int calls = 0;
        int others = 0;
        for (int i = 0; i < texts.size(); i++) {
            Plan plan = plan(texts.get(i), standardConformingStrings);
            if (outcomes.get(i).equals("called")) {
                calls++;
                assertThat(plan).as(texts.get(i)).isNotInstanceOf(Plan.PassThrough.class);
            } else if (outcomes.get(i).equals("works")) {
                others++;
                assertThat(plan instanceof Plan.PassThrough || isReadInTwoWays(plan))
                        .as(texts.get(i))
                        .isTrue();
            }
        }
        assertThat(calls).isGreaterThan(100);
        assertThat(others).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsLiteralsAsTheServerDoes(boolean standardConformingStrings) throws SQLException {
        Random random = new Random(98);
        String[] openings = {"'", "E'", "N'", "U&'", "$$", "$a$", "'x'\n'", "E'x' --y\n '"};
        List<String> literals = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            String opening = openings[random.nextInt(openings.length)];
            String closing = opening.startsWith("$") ? opening : "'";
            literals.add(opening + body(random) + closing + (random.nextInt(4) == 0 ? " uescape '!'" : ""));
        }
        List<String> outcomes = onServer(
                "public.value",
                literals.stream()
                        .map(literal -> "SELECT (" + literal + ")::text")
                        .toList(),
                standardConformingStrings);
        int read = 0;
        for (int i = 0; i < literals.size(); i++) {
            String value = constant(literals.get(i), standardConformingStrings);
            if (value != null) {
                assertThat("is " + value).as(literals.get(i)).isEqualTo(outcomes.get(i));
                read++;
            }
        }
        assertThat(read).isGreaterThan(1000);
    }

    /** Version 14 lets a word follow a number; later ones see an error or another number. */
    private static boolean isReadInTwoWays(Plan plan) {
        return PostgresServer.shared().version() == 14
                && plan instanceof Plan.Refused refused
                && refused.error().text().startsWith("trailing junk after numeric literal");
    }

    /** The value that the plan took from a literal; null when it took none. */
    private static String constant(String literal, boolean standardConformingStrings) {
        Plan plan = plan("SELECT pgclonedb.help((" + literal + "))", standardConformingStrings);
        if (!(plan instanceof Plan.Served served) || served.statement().calls().size() != 1) {
            return null;
        }
        ArgumentSource source = served.statement().calls().get(0).arguments().get("function_name");
        return source instanceof ArgumentSource.Constant constant ? (String) constant.value() : null;
    }

    private static String soup(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static String body(Random random) {
        String[] pieces = {
            "a",
            "ä",
            "''",
            "\\\\",
            "\\n",
            "\\'",
            "\\x41",
            "\\101",
            "\\u0041",
            "\\U0001F600",
            "\\0041",
            "\\+01F600",
            "!0041",
            "!!",
            "$",
            "$b$",
            "\n",
            "--",
            "/*",
            "'\n'",
            "' --c\n'",
            "\"",
            "\\q",
            "\\xe9",
            "\\uD83D\\uDE00",
            "\\D83D\\DE00",
            "\\"
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private static List<String> onServer(String function, List<String> texts, boolean standardConformingStrings)
            throws SQLException {
        try (Statement settings = connection.createStatement();
                PreparedStatement run = connection.prepareStatement(
                        "SELECT " + function + "(t) FROM unnest(?) WITH ORDINALITY AS x(t, n) ORDER BY n")) {
            settings.execute("SET standard_conforming_strings = " + standardConformingStrings);
            settings.execute("SET escape_string_warning = off");
            settings.execute("SET client_min_messages = error");
            Array array = connection.createArrayOf("text", texts.toArray());
            run.setArray(1, array);
            List<String> outcomes = new ArrayList<>();
            try (ResultSet rows = run.executeQuery()) {
                while (rows.next()) {
                    outcomes.add(rows.getString(1));
                }
            }
            return outcomes;
        }
    }

    private static Plan plan(String sql, boolean standardConformingStrings) {
        PlanOptions options =
                new PlanOptions(standardConformingStrings, ClientEncoding.UTF8, true, List.of(), () -> "nonce");
        return CallPlanner.plan(sql.getBytes(StandardCharsets.UTF_8), options);
    }
}
