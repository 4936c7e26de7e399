package io.pgclonedb.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrappedTextTest {
    @Test
    void breaksBetweenWordsAndIndentsUnderTheFirst() {
        String word = "x".repeat(40);
        assertThat(new WrappedText().paragraph("- ", word + " " + word + " " + word))
                .hasToString("- " + word + " " + word + "\n  " + word);
    }

    @Test
    void leavesWordsThatHoldBlanksWhole() {
        String words = "y ".repeat(25) + "y";
        assertThat(new WrappedText().paragraph("", List.of(words, words))).hasToString(words + "\n" + words);
    }

    @Test
    void putsAWordThatIsTooLongOnALineOfItsOwn() {
        String word = "z".repeat(200);
        assertThat(new WrappedText().paragraph("  ", "a " + word + " b")).hasToString("  a\n  " + word + "\n  b");
    }

    @Test
    void keepsLinesAndGaps() {
        assertThat(new WrappedText().line("a").gap().line("b")).hasToString("a\n\nb");
    }
}
