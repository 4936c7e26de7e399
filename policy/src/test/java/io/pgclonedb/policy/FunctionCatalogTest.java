package io.pgclonedb.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionCatalogTest {
    static List<Function> functions() {
        return FunctionCatalog.functions();
    }

    @Test
    void listsDatabasesSchemasRolesThenSettings() {
        assertThat(FunctionCatalog.functions())
                .extracting(Function::name)
                .containsExactly(
                        "create_database",
                        "open_database",
                        "close_database",
                        "drop_database",
                        "create_schema",
                        "drop_schema",
                        "create_role",
                        "drop_role",
                        "reset_password",
                        "grant_role",
                        "revoke_role",
                        "help",
                        "get_audit_log",
                        "configure",
                        "show_config");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pgclonedb.create_database(dbname text, template text, owner text DEFAULT NULL, encoding text DEFAULT NULL, lc_collate text DEFAULT NULL, lc_ctype text DEFAULT NULL)
            pgclonedb.open_database(dbname text)
            pgclonedb.close_database(dbname text, terminate_backends boolean DEFAULT true)
            pgclonedb.drop_database(dbname text, force boolean DEFAULT true)
            pgclonedb.create_schema(dbname text, schema_name text, owner text DEFAULT NULL)
            pgclonedb.drop_schema(dbname text, schema_name text, cascade boolean DEFAULT false)
            pgclonedb.create_role(rolename text, password text DEFAULT NULL, login boolean DEFAULT true, createdb boolean DEFAULT false, createrole boolean DEFAULT false, conn_limit integer DEFAULT -1, valid_until timestamp with time zone DEFAULT NULL)
            pgclonedb.drop_role(rolename text)
            pgclonedb.reset_password(rolename text, new_password text, valid_until timestamp with time zone DEFAULT NULL)
            pgclonedb.grant_role(rolename text, member text)
            pgclonedb.revoke_role(rolename text, member text)
            pgclonedb.help(function_name text DEFAULT NULL)
            pgclonedb.get_audit_log(max_rows integer DEFAULT 100, filter_operation text DEFAULT NULL)
            pgclonedb.configure(min_free_bytes bigint DEFAULT NULL, enable text DEFAULT NULL, disable text DEFAULT NULL, audit_retention interval DEFAULT NULL)
            pgclonedb.show_config()
            """)
    void hasTheSignature(String signature) {
        String name = signature.substring("pgclonedb.".length(), signature.indexOf('('));
        assertThat(FunctionCatalog.find(name).map(Function::signature)).contains(signature);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void describesEveryFunctionAndGivesAnExampleOfIt(Function function) {
        assertThat(function.description()).endsWith(".").hasSizeGreaterThan(10);
        assertThat(function.example())
                .startsWith("SELECT ")
                .contains(function.qualifiedName() + "(")
                .endsWith(");");
    }

    @ParameterizedTest
    @MethodSource("functions")
    void givesColumnsToThoseThatAnswerRowsOnly(Function function) {
        assertThat(function.columns().isEmpty()).isEqualTo(function.kind() != FunctionKind.READS_ROWS);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void putsRequiredParametersFirst(Function function) {
        assertThat(function.parameters().subList(0, function.requiredParameters()))
                .allMatch(Parameter::required);
    }

    @Test
    void leavesSchemasAndRolesDisabledAtFirst() {
        assertThat(FunctionCatalog.enabledByDefault())
                .containsExactlyInAnyOrder(
                        "create_database",
                        "open_database",
                        "close_database",
                        "drop_database",
                        "help",
                        "get_audit_log",
                        "configure",
                        "show_config");
    }

    @Test
    void servesThreeWhateverTheSettingsSay() {
        assertThat(FunctionCatalog.functions())
                .filteredOn(function -> !function.canBeDisabled())
                .extracting(Function::name)
                .containsExactly("help", "configure", "show_config");
        assertThat(FunctionCatalog.functions())
                .filteredOn(Function::superuserOnly)
                .extracting(Function::name)
                .containsExactly("configure");
    }

    @Test
    void keepsPasswordsSecretAndNothingElse() {
        assertThat(FunctionCatalog.functions())
                .flatExtracting(Function::parameters)
                .filteredOn(Parameter::secret)
                .extracting(Parameter::name)
                .containsExactly("password", "new_password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE_ROLE", "create_role ", "", "pgclonedb.create_role", "nothing"})
    void findsExactNamesOnly(String name) {
        assertThat(FunctionCatalog.find(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "creat_role, create_role",
        "CREATE_ROLE, create_role",
        "pgclonedb.crate_database, create_database",
        "hlep, ''",
        "helpp, help",
        "drop_rol, drop_role",
        "grant_roles, grant_role",
        "gibberish, ''",
        "'', ''"
    })
    void suggestsWhatIsNear(String misspelt, String suggestion) {
        if (suggestion.isEmpty()) {
            assertThat(FunctionCatalog.near(misspelt)).isEmpty();
        } else {
            assertThat(FunctionCatalog.near(misspelt)).first().isEqualTo(suggestion);
        }
    }

    @Test
    void suggestsAtMostTwo() {
        assertThat(FunctionCatalog.functions())
                .allSatisfy(function -> assertThat(FunctionCatalog.near(function.name()))
                        .hasSizeBetween(1, 2)
                        .startsWith(function.name()));
    }

    @Test
    void suggestsNothingForWhatIsTooLongToBeAName() {
        assertThat(FunctionCatalog.near("create_role".repeat(100_000))).isEmpty();
    }

    @Test
    void knowsNoRulesOfFunctionsFromElsewhere() {
        Function planted = new Function(
                "open_database", FunctionKind.ACTS, List.of(), List.of(), Access.ALWAYS, new Usage("None.", ""));
        assertThatThrownBy(() -> FunctionCatalog.entry(planted)).isInstanceOf(IllegalArgumentException.class);
    }
}
