package io.pgclonedb.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the documentation says of SQL is what the tests show. */
class DocumentTest {
    private static void isMadeFromTheTests(Document document, String made) {
        assertThat(document.madePart())
                .as(
                        "docs/%s is not what the tests show; copy it-tests/%s over it",
                        document.name(), document.propose(made))
                .isEqualTo(made);
    }

    @Test
    void listsEverySqlPosition() {
        isMadeFromTheTests(new Document("sql-positions.md"), SqlPositionsTable.markdown());
    }

    @Test
    void listsEveryDifference() {
        isMadeFromTheTests(new Document("differences.md"), DifferencesTable.markdown());
    }
}
