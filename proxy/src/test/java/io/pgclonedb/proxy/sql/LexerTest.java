package io.pgclonedb.proxy.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pgclonedb.proxy.error.PgException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL documentation, "Lexical Structure"; tokens are written as they stand, with | between them. */
class LexerTest {
    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("", ""),
                arguments(" \t\r\n\f ", ""),
                arguments("select a,b", "select|a|,|b"),
                arguments("a$b _x äé9$ x1", "a$b|_x|äé9$|x1"),
                // Strings
                arguments("'a' 'b'", "'a'|'b'"),
                arguments("'a'\n'b'", "'a'\n'b'"),
                arguments("'a' -- c\n -- d\r'b' c", "'a' -- c\n -- d\r'b'|c"),
                arguments("'a' /* c */\n'b'", "'a'|'b'"),
                arguments("'a' -- c", "'a'"),
                arguments("'a''b'", "'a''b'"),
                arguments("'a\\' b", "'a\\'|b"),
                arguments("e'a\\'b' c", "e'a\\'b'|c"),
                arguments("E'\\\\' c", "E'\\\\'|c"),
                arguments("E'a'\n'\\'b'", "E'a'\n'\\'b'"),
                arguments("B'01' x'1F' N'n' U&'\\0061'", "B'01'|x'1F'|N'n'|U&'\\0061'"),
                arguments("B'0''1'", "B'0'|'1'"),
                arguments("abce'x'", "abce|'x'"),
                arguments("u&x U& 'y'", "u|&|x|U|&|'y'"),
                // Dollar quotes
                arguments("$$a'b$$ c", "$$a'b$$|c"),
                arguments("$a$ $b$ $$ $a$ $a", "$a$ $b$ $$ $a$|$|a"),
                arguments("$ä1$x$ä1$", "$ä1$x$ä1$"),
                arguments("$a$b$a", null),
                arguments("a$$b$$", "a$$b$$"),
                arguments("$1$$a$$", "$1|$$a$$"),
                arguments("$1 $22", "$1|$22"),
                arguments("$$$a$$", "$$$a$$"),
                arguments("$a$x$$a$", "$a$x$$a$"),
                // Comments
                arguments("a -- b\nc", "a|c"),
                arguments("a -- b\rc", "a|c"),
                arguments("a--b", "a"),
                arguments("a /* b /* c */ d */ e", "a|e"),
                arguments("/*/ */a", "a"),
                arguments("/**/a/***/b/*/**/*/c", "a|b|c"),
                arguments("/* ' \" $$ */ a", "a"),
                arguments("'--' '/*' a", "'--'|'/*'|a"),
                // Quoted identifiers
                arguments("\"a\"\"b\".\"c d\"", "\"a\"\"b\"|.|\"c d\""),
                arguments("\"a--b\" \"/*\"", "\"a--b\"|\"/*\""),
                arguments("U&\"d\\0061t\" x", "U&\"d\\0061t\"|x"),
                arguments("U&\"d!0061\" UESCAPE '!' x", "U&\"d!0061\" UESCAPE '!'|x"),
                arguments("U&'d!0061' /* c */ uescape E'!'", "U&'d!0061' /* c */ uescape E'!'"),
                // Operators
                arguments("a+-b", "a|+|-|b"),
                arguments("a@-b", "a|@-|b"),
                arguments("a*-1", "a|*|-|1"),
                arguments("a<=b>=c<>d!=e", "a|<=|b|>=|c|<>|d|!=|e"),
                arguments("a+/*c*/b", "a|+|b"),
                arguments("a+--c\nb", "a|+|b"),
                arguments("a=>-1", "a|=>|-|1"),
                arguments("a:=-1 b::text c:d", "a|:=|-|1|b|::|text|c|:|d"),
                arguments("a->>'b' @> c #>> d", "a|->>|'b'|@>|c|#>>|d"),
                arguments("a[1:2]", "a|[|1|:|2|]"),
                // Numbers
                arguments("1 1.5 .5 1. 1e5 1.5E-3", "1|1.5|.5|1.|1e5|1.5E-3"),
                arguments("1..10", "1|..|10"),
                arguments("0x1F 0b01 0o17 1_000 0x_1", "0x1F|0b01|0o17|1_000|0x_1"),
                arguments("1.5.3", "1.5|.3"),
                arguments("a.1", "a|.1"),
                arguments("1e+x", "1|e|+|x"),
                arguments("x.y.z;()", "x|.|y|.|z|;|(|)"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void cutsAsPostgresDoes(String text, String tokens) {
        if (tokens == null) {
            assertThatThrownBy(() -> lex(text, true)).isInstanceOf(PgException.class);
        } else {
            assertThat(lex(text, true)).isEqualTo(tokens);
        }
    }

    @Test
    void readsBackslashesInPlainStringsWhereStandardConformingStringsIsOff() {
        assertThat(lex("'a\\' b' c", false)).isEqualTo("'a\\' b'|c");
        assertThat(lex("N'a\\' b' c", false)).isEqualTo("N'a\\' b'|c");
        assertThatThrownBy(() -> lex("U&'a'", false))
                .isInstanceOfSatisfying(
                        PgException.class, error -> assertThat(error.sqlState()).isEqualTo("0A000"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x 'secret",
                "x E'secret\\'",
                "x \"secret",
                "x $$secret$",
                "x $tag$secret$tg$",
                "x U&'secret",
                "x B'secret",
                "x U&\"secret",
                "x /* /* secret */"
            })
    void refusesWhatIsNotTerminatedAndShowsNoneOfIt(String text) {
        assertThatThrownBy(() -> lex(text, true)).isInstanceOfSatisfying(PgException.class, error -> {
            assertThat(error.sqlState()).isEqualTo("42601");
            assertThat(error.text()).startsWith("unterminated ").doesNotContain("secret");
            assertThat(error.position()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "U&\"\"",
                "U&'a' UESCAPE",
                "U&'a' UESCAPE x",
                "U&'a' UESCAPE '+'",
                "U&'a' UESCAPE 'ab'",
                "U&'a' UESCAPE 'a'"
            })
    void refusesWhatPostgresRefuses(String text) {
        assertThatThrownBy(() -> lex(text, true))
                .isInstanceOfSatisfying(
                        PgException.class, error -> assertThat(error.sqlState()).isEqualTo("42601"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1=1AND", "$1x", "0x", "1_", "a \u000b b", "a \\ b", "a { b", "\u0001"})
    void remembersWhatVersionsReadDifferently(String text) {
        assertThat(Tokens.of(text(text), true).doubt()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x1$a$ x $a$", "1_0$$x$$", "0x1g", "1_0e'x'", "0b1U&\"x\""})
    void refusesNumbersThatOneVersionReadsAsNamesOrStrings(String text) {
        assertThatThrownBy(() -> lex(text, true))
                .isInstanceOfSatisfying(
                        PgException.class, error -> assertThat(error.text()).startsWith("trailing junk"));
    }

    @Test
    void foldsAndUnquotesNames() {
        Tokens tokens =
                Tokens.of(text("PgCloneDB \"Ä\"\"x\" U&\"pgclo\\006Eedb\" U&\"a!00e9!!\" UESCAPE '!' ÄB"), true);
        assertThat(IntStream.range(0, tokens.size()).mapToObj(tokens::name))
                .containsExactly("pgclonedb", "Ä\"x", "pgclonedb", "aé!", "Äb");
    }

    static Stream<Arguments> literals() {
        return Stream.of(
                arguments("'a''b'", "a'b"),
                arguments("'a'\n'b' -- c\n 'c'", "abc"),
                arguments("'a' -- x\n'b'", "ab"),
                arguments("'a\\nb'", "a\\nb"),
                arguments("E'a\\nb\\t\\\\\\'\\q'", "a\nb\t\\'q"),
                arguments("E'\\101\\x42\\u0043\\U00000044\\uD83D\\uDE00'", "ABCD\uD83D\uDE00"),
                arguments("E'\\xe9'", null),
                arguments("E'\\0'", null),
                arguments("E'\\u00'", null),
                arguments("E'\\uD83D'", null),
                arguments("U&'\\0061\\+01F600\\\\'", "a\uD83D\uDE00\\"),
                arguments("U&'!0061''' UESCAPE '!'", "a'"),
                arguments("U&'\\00'", null),
                arguments("$$a'\\n$$", "a'\\n"),
                arguments("$t$a$$b$t$", "a$$b"),
                arguments("N'ä'", "ä"));
    }

    @ParameterizedTest
    @MethodSource("literals")
    void tellsTheValueOfALiteral(String text, String value) {
        Tokens tokens = Tokens.of(text(text), true);
        boolean single = tokens.size() == 1;
        assertThat(single ? new Literals(text(text)).string(tokens.get(0)) : null)
                .isEqualTo(value);
    }

    @Test
    void lexesHugeTextsWithoutRecursion() {
        int size = 2_000_000;
        assertThatThrownBy(() -> lex("/*".repeat(size), true)).isInstanceOf(PgException.class);
        assertThat(lex("/*".repeat(size) + "*/".repeat(size), true)).isEmpty();
        assertThatThrownBy(() -> lex("$" + "a".repeat(size) + "$" + ("$" + "a".repeat(1000)).repeat(size / 1000), true))
                .isInstanceOf(PgException.class);
        assertThat(lex("'' -- \n".repeat(10_000) + "x", true)).endsWith("|x");
        assertThat(lex("''" + " ".repeat(size) + "''", true)).isEqualTo("''|''");
    }

    private static SqlText text(String text) {
        return new SqlText(text.getBytes(StandardCharsets.UTF_8), ClientEncoding.UTF8);
    }

    private static String lex(String text, boolean standardConformingStrings) {
        Tokens tokens = Tokens.of(text(text), standardConformingStrings);
        return IntStream.range(0, tokens.size()).mapToObj(tokens::shown).collect(Collectors.joining("|"));
    }
}
