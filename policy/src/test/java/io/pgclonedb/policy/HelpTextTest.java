package io.pgclonedb.policy;

import static io.pgclonedb.policy.Given.MYAPP;
import static io.pgclonedb.policy.Given.SUPERUSER;
import static io.pgclonedb.policy.Given.admin;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpTextTest {
    static List<Function> functions() {
        return FunctionCatalog.functions();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void showsEveryFunctionWithItsParametersExampleAndState(Function function) {
        String text = HelpText.all(MYAPP, FunctionCatalog.enabledByDefault());
        String state = function.enabledByDefault() ? "[enabled]" : "[DISABLED]";
        assertThat(text.lines()).contains(function.name() + "  " + state);
        assertThat(text).contains(function.example());
        assertThat(function.parameters())
                .allSatisfy(parameter -> assertThat(text).contains(parameter.declaration()));
    }

    @Test
    void marksEachFunctionOnce() {
        String text = HelpText.all(MYAPP, FunctionCatalog.enabledByDefault());
        assertThat(text.split("\\[enabled]", -1)).hasSize(8 + 1);
        assertThat(text.split("\\[DISABLED]", -1)).hasSize(7 + 1);
        assertThat(HelpText.all(MYAPP, Set.of()).split("\\[enabled]", -1)).hasSize(3 + 1);
    }

    @Test
    void showsTheWorkflowInItsOrder() {
        assertThat(HelpText.all(MYAPP, Set.of()))
                .containsSubsequence(
                        "Workflow",
                        "open_database('myapp_source')",
                        "edit",
                        "close_database('myapp_source')",
                        "create_database('myapp_dev', 'myapp_source')",
                        "drop_database('myapp_dev')");
    }

    @Test
    void explainsTheScopeWithTheCallersOwnApplication() {
        String text = HelpText.all(admin("shop"), Set.of());
        assertThat(text)
                .contains("Role \"shop_db_admin\"")
                .contains("\"shop\"")
                .contains("\"shop_\"")
                .contains("create_database('shop_dev', 'shop_source')")
                .doesNotContain("myapp");
    }

    @Test
    void tellsASuperuserThatScopeDoesNotApply() {
        assertThat(HelpText.all(SUPERUSER, Set.of()).replaceAll("\\s+", " "))
                .contains("Role \"postgres\" is a superuser, to whom scope does not apply");
    }

    @Test
    void quotesAnApplicationForUseInALiteral() {
        assertThat(HelpText.all(admin("o'neil"), Set.of())).contains("open_database('o''neil_source')");
    }

    @ParameterizedTest
    @MethodSource("functions")
    void explainsOneFunctionInFull(Function function) {
        String text = HelpText.of(function, MYAPP, Set.of());
        assertThat(text).startsWith(function.name()).contains(function.example());
        assertThat(function.parameters())
                .allSatisfy(parameter -> assertThat(text.lines())
                        .anyMatch(line -> line.matches("  " + parameter.name() + " +"
                                + parameter.type().sqlName() + " +"
                                + (parameter.required() ? "required" : "DEFAULT " + parameter.defaultSql()))));
        assertThat(function.usage().notes())
                .allSatisfy(note -> assertThat(text.replaceAll("\\s+", " ")).contains(note));
        assertFitsATerminal(text);
    }

    @Test
    void fitsATerminal() {
        assertFitsATerminal(HelpText.all(MYAPP, FunctionCatalog.enabledByDefault()));
        assertFitsATerminal(HelpText.all(SUPERUSER, FunctionCatalog.enabledByDefault()));
    }

    private static void assertFitsATerminal(String text) {
        assertThat(text.lines()).allSatisfy(line -> {
            assertThat(line).hasSizeLessThanOrEqualTo(100).doesNotContain("\t").isEqualTo(line.stripTrailing());
        });
    }
}
