package io.pgclonedb.it.wire;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Keeps the tests' own client and server apart from the product: a fault in the product's codec must not cancel out. */
@AnalyzeClasses(packages = "io.pgclonedb.it")
class WireKitTest {
    @ArchTest
    static final ArchRule USES_NOTHING_OF_THE_PRODUCT = noClasses()
            .that()
            .resideInAPackage("io.pgclonedb.it.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.pgclonedb.protocol..", "io.pgclonedb.proxy..", "io.pgclonedb.policy..", "io.netty..");

    @ArchTest
    static final ArchRule KNOWS_PLAIN_JAVA_ALONE = classes()
            .that()
            .resideInAPackage("io.pgclonedb.it.wire..")
            .and()
            .haveSimpleNameNotEndingWith("IT")
            .and()
            .haveSimpleNameNotEndingWith("Test")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.pgclonedb.it.wire..", "java..", "javax.crypto..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule NO_TEST_READS_THE_WIRE_WITH_THE_PRODUCT =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.pgclonedb.protocol..");
}
