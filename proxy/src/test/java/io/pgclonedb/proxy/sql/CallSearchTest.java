package io.pgclonedb.proxy.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallSearchTest {
    private static final Pattern WANTED = Pattern.compile("pgclonedb|U&\"", Pattern.CASE_INSENSITIVE);

    @ParameterizedTest
    @ValueSource(
            strings = {"pgclonedb", "PgCloneDB", "select PGCLONEDB.help()", "u&\"x\"", "SELECT U&\"pgclo\\006Eedb\""})
    void findsWhatMayBeACall(String text) {
        for (int before = 0; before < 20; before++) {
            assertThat(found(" ".repeat(before) + text)).isTrue();
            assertThat(found(" ".repeat(before) + text + " ".repeat(20))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "p",
                "pgclonedx",
                "pgcloned b",
                "xgclonedb",
                "u&x",
                "&\"x",
                "U& \"x",
                "SELECT 1 FROM pgbench_accounts"
            })
    void passesEverythingElse(String text) {
        for (int before = 0; before < 20; before++) {
            assertThat(found(" ".repeat(before) + text)).isFalse();
        }
    }

    @Test
    void looksOnlyAtTheBytesItIsGiven() {
        ByteBuf text = Unpooled.copiedBuffer("xpgclonedbx", StandardCharsets.US_ASCII);
        assertThat(CallSearch.found(text, 1, 9)).isTrue();
        assertThat(CallSearch.found(text, 2, 9)).isFalse();
        assertThat(CallSearch.found(text, 0, 9)).isFalse();
        assertThat(CallSearch.found(text, 1, 8)).isFalse();
    }

    @Test
    void findsWhatARegularExpressionFinds() {
        Random random = new Random(4711);
        for (int i = 0; i < 200_000; i++) {
            String text = randomText(random);
            assertThat(found(text)).as(text).isEqualTo(WANTED.matcher(text).find());
        }
    }

    @Test
    void findsAcrossBuffersWhatItFindsInOne() {
        Random random = new Random(4712);
        for (int i = 0; i < 100_000; i++) {
            String text = randomText(random);
            ByteBuf whole = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
            StreamingCallSearch search = new StreamingCallSearch();
            boolean found = false;
            int at = 0;
            while (at < whole.readableBytes()) {
                int length = Math.min(whole.readableBytes() - at, random.nextInt(random.nextBoolean() ? 4 : 30));
                found = search.found(whole, at, length);
                at += length;
            }
            assertThat(found).as(text).isEqualTo(WANTED.matcher(text).find());
        }
    }

    @Test
    void searchesDirectMemoryAsWell() {
        ByteBuf direct = Unpooled.directBuffer();
        try {
            direct.writeCharSequence("SELECT pgclonedb.help()", StandardCharsets.US_ASCII);
            assertThat(CallSearch.found(direct, 0, direct.readableBytes())).isTrue();
            assertThat(CallSearch.found(direct, 0, 12)).isFalse();
        } finally {
            direct.release();
        }
    }

    private static String randomText(Random random) {
        String pieces = "pgclonedbPGCLONEDBu&\"U x\u00e9";
        StringBuilder text = new StringBuilder();
        int parts = random.nextInt(6);
        for (int i = 0; i < parts; i++) {
            switch (random.nextInt(4)) {
                case 0 -> text.append("pgclonedb", 0, random.nextInt(10));
                case 1 -> text.append("PGclonedb".substring(random.nextInt(9)));
                case 2 -> text.append("U&\"", 0, random.nextInt(4));
                default -> {
                    for (int j = random.nextInt(12); j > 0; j--) {
                        text.append(pieces.charAt(random.nextInt(pieces.length())));
                    }
                }
            }
        }
        return text.toString();
    }

    private static boolean found(String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
        return CallSearch.found(bytes, 0, bytes.readableBytes());
    }
}
