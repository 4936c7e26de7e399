package io.pgclonedb.proxy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.pgclonedb.proxy.operation.CallContext;
import io.pgclonedb.proxy.operation.CallListener;
import io.pgclonedb.proxy.operation.CallNotice;
import io.pgclonedb.proxy.operation.CallRequest;
import io.pgclonedb.proxy.operation.CallService;
import io.pgclonedb.proxy.operation.CancelReason;
import io.pgclonedb.proxy.operation.RunningCall;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** Keeps the sentences of the package-info files true. */
@AnalyzeClasses(packages = "io.pgclonedb", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String PROXY = "io.pgclonedb.proxy.";

    /** In the order in which data flows: a package may use those behind it, never one before it. */
    private static final List<String> DATA_ORDER = List.of(
            "cli",
            "embedded",
            "http",
            "net",
            "session",
            "intercept",
            "relay",
            "sql",
            "metrics",
            "operation",
            "control",
            "admin",
            "config",
            "error");

    @ArchTest
    static void knowsEveryPackage(JavaClasses classes) {
        assertThat(classes.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith(PROXY))
                        .map(name -> name.substring(PROXY.length()))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(DATA_ORDER);
    }

    @ArchTest
    static void packageOrderIsDataOrder(JavaClasses classes) {
        for (int i = 1; i < DATA_ORDER.size(); i++) {
            String[] before = DATA_ORDER.subList(0, i).stream()
                    .map(name -> PROXY + name + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(PROXY + DATA_ORDER.get(i) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(before)
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.pgclonedb.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PROTOCOL_AND_POLICY_DO_NOT_KNOW_EACH_OTHER_NOR_THE_PROXY = noClasses()
            .that()
            .resideInAnyPackage("io.pgclonedb.protocol..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.pgclonedb.policy..", "io.pgclonedb.proxy..", "io.netty.channel..", "java.sql..");

    @ArchTest
    static final ArchRule POLICY_IS_PLAIN_JAVA = classes()
            .that()
            .resideInAPackage("io.pgclonedb.policy..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.pgclonedb.policy..",
                    "java.lang..",
                    "java.math..",
                    "java.nio.charset..",
                    "java.nio",
                    "java.text..",
                    "java.time..",
                    "java.util",
                    "java.util.function",
                    "java.util.regex",
                    "java.util.stream",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule ERROR_KNOWS_NOTHING = classes()
            .that()
            .resideInAPackage(PROXY + "error..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    PROXY + "error..", "java.lang..", "java.io..", "java.util..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule RELAY_KNOWS_FRAMES_ALONE = classes()
            .that()
            .resideInAPackage(PROXY + "relay..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    PROXY + "relay..",
                    "io.pgclonedb.protocol..",
                    "io.netty.buffer..",
                    "io.netty.util..",
                    "java.lang..",
                    "java.util..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule SQL_KNOWS_TEXT_ALONE = noClasses()
            .that()
            .resideInAPackage(PROXY + "sql..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.netty.channel..",
                    "io.netty.bootstrap..",
                    "io.pgclonedb.protocol..",
                    PROXY + "relay..",
                    PROXY + "session..",
                    PROXY + "intercept..",
                    PROXY + "operation..",
                    "java.sql..");

    @ArchTest
    static final ArchRule ONE_CLASS_FEEDS_THE_GENERAL_PARSER = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(PROXY + "sql.StatementShape")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("net.sf.jsqlparser.parser..");

    @ArchTest
    static final ArchRule OPERATION_KNOWS_NO_FRAMES = noClasses()
            .that()
            .resideInAnyPackage(PROXY + "operation..", PROXY + "control..", PROXY + "admin..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.netty..",
                    "io.pgclonedb.protocol..",
                    PROXY + "session..",
                    PROXY + "intercept..",
                    PROXY + "relay..",
                    PROXY + "sql..");

    @ArchTest
    static final ArchRule ONLY_NET_AND_SESSION_AND_HTTP_TOUCH_CHANNELS = noClasses()
            .that()
            .resideOutsideOfPackages(PROXY + "net..", PROXY + "session..", PROXY + "http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.channel..", "io.netty.bootstrap..", "io.netty.handler..");

    @ArchTest
    static final ArchRule NET_KNOWS_NO_FRAMES = noClasses()
            .that()
            .resideInAPackage(PROXY + "net..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.pgclonedb.protocol..",
                    PROXY + "intercept..",
                    PROXY + "relay..",
                    PROXY + "sql..",
                    PROXY + "operation..");

    @ArchTest
    static final ArchRule EVENT_LOOPS_REACH_OPERATIONS_THROUGH_THE_CONTRACT = noClasses()
            .that()
            .resideInAnyPackage(
                    PROXY + "net..", PROXY + "session..", PROXY + "intercept..", PROXY + "relay..", PROXY + "sql..")
            .should()
            .dependOnClassesThat(are(resideInAPackage(PROXY + "operation..")
                    .and(not(belongToAnyOf(
                            CallService.class,
                            CallRequest.class,
                            CallContext.class,
                            CallListener.class,
                            CallNotice.class,
                            CancelReason.class,
                            RunningCall.class)))))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    PROXY + "control..", PROXY + "admin..", "java.sql..", "javax.sql..", "org.postgresql..");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @ArchTest
    static void onlyTheTwoOfNettyAreHandlers(JavaClasses classes) {
        assertThat(classes.stream().map(JavaClass::getSimpleName).filter(name -> name.endsWith("Handler")))
                .containsExactlyInAnyOrder("FrontendHandler", "BackendHandler");
    }

    @ArchTest
    static final ArchRule LOGS_GO_THROUGH_SLF4J = noClasses()
            .that(not(resideInAPackage(PROXY + "cli..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "ch.qos.logback..", "org.apache.commons.logging..");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_WRITES_TO_THE_CONSOLE = noClasses()
            .that(not(resideInAPackage(PROXY + "cli..")))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule EXCEPTIONS_ARE_FINAL = classes()
            .that(are(assignableTo(Throwable.class)))
            .should()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);

    @ArchTest
    static void everyPackageSaysWhatItIsAndForbidsNull(JavaClasses classes) {
        List<JavaPackage> packages = classes.stream()
                .map(JavaClass::getPackage)
                .filter(candidate -> candidate.getName().startsWith("io.pgclonedb"))
                .distinct()
                .toList();
        assertThat(packages).hasSizeGreaterThan(DATA_ORDER.size());
        assertThat(packages)
                .allSatisfy(one -> assertThat(one.tryGetPackageInfo())
                        .as("package-info of %s", one.getName())
                        .hasValueSatisfying(info -> assertThat(info.isAnnotatedWith(NullMarked.class))
                                .isTrue()));
    }
}
